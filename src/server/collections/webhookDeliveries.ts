import { defineCollection } from '@nocobase/database';
import { DELIVERIES_COLLECTION } from '../../common/deliveries';

/**
 * Every request that came in: the write-ahead inbox, the audit log, the dedupe index and the source for
 * replay. The rows are written by statements of our own (see `deliveries/statements.ts`): a field that is
 * added here has to be added there.
 */
export default defineCollection({
  name: DELIVERIES_COLLECTION,
  // As NocoBase's own executions: part of a backup only where logs are asked for, structure only in a migration.
  dumpRules: { group: 'log' },
  migrationRules: ['schema-only'],
  dataCategory: 'business',
  shared: true,
  autoGenId: false,
  createdAt: false,
  updatedAt: false,
  fields: [
    // A time-ordered UUID (version 7): its order is the order of arrival, so no index on a time is needed.
    { name: 'id', type: 'uuid', primaryKey: true, autoFill: false },
    // The workflow key: the same across revisions. `workflowId` is the revision that ran.
    { name: 'key', type: 'string', allowNull: false },
    { name: 'workflowId', type: 'bigInt' },
    { name: 'executionId', type: 'bigInt' },
    { name: 'status', type: 'string', length: 16, allowNull: false },
    { name: 'reason', type: 'text' },

    { name: 'method', type: 'string', length: 16 },
    { name: 'path', type: 'text' },
    { name: 'ip', type: 'string', length: 64 },
    { name: 'params', type: 'json' },
    { name: 'query', type: 'json' },
    { name: 'headers', type: 'json' },
    { name: 'contentType', type: 'text' },
    { name: 'body', type: 'text', length: 'long' },
    { name: 'bodyEncoding', type: 'string', length: 8 },
    // JSON text of the workflow's `$context`, until the execution holds it; never shown.
    { name: 'context', type: 'text', length: 'long', hidden: true },

    { name: 'provider', type: 'string' },
    { name: 'secretName', type: 'string' },
    { name: 'dedupeKey', type: 'text' },
    // Unique while the window lasts: two nodes can't both be the first. Freed when the window is over.
    { name: 'dedupeSlot', type: 'string', length: 64, unique: true, hidden: true },
    // SHA-256 of the body, in hex, of one with a slot: what comes again with another one is no repeat.
    { name: 'bodyDigest', type: 'string', length: 64, hidden: true },
    { name: 'replayOf', type: 'uuid', autoFill: false },

    // The instance that runs it; empty: nobody does.
    { name: 'owner', type: 'uuid', autoFill: false, hidden: true },
    // What becomes of its run where that is cut off, as the version says that it was started in.
    { name: 'onInterruption', type: 'string', length: 8, hidden: true },
    { name: 'attempts', type: 'integer', defaultValue: 0 },

    { name: 'responseStatus', type: 'integer' },
    { name: 'responseHeaders', type: 'json' },
    { name: 'responseBody', type: 'text', length: 'long' },
    // JSON: what repeats are answered where that isn't what the caller was told, such as that it took too long.
    { name: 'repeatAnswer', type: 'text', length: 'long', hidden: true },

    { name: 'receivedAt', type: 'datetime' },
    { name: 'startedAt', type: 'datetime' },
    { name: 'finishedAt', type: 'datetime' },
    { name: 'durationMs', type: 'bigInt' },
    // Since when what is personal is gone.
    { name: 'erasedAt', type: 'datetime' },
    // When retention may take the row.
    { name: 'expiresAt', type: 'datetime' },
  ],
  indexes: [
    // A webhook's next ones in order of arrival, and its log by status.
    { fields: ['key', 'status', 'id'] },
    // A webhook's whole log, newest first.
    { fields: ['key', 'id'] },
    // The log by status over all webhooks, and what a dead instance left behind.
    { fields: ['status', 'id'] },
    { fields: ['expiresAt'] },
  ],
});
