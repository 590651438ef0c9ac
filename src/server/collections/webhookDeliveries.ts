import { defineCollection } from '@nocobase/database';
import { Op } from 'sequelize';
import { DELIVERIES_COLLECTION } from '../../common/deliveries';

/**
 * Every request that came in: the write-ahead inbox, the audit log, the dedupe index and the source for
 * replay. The rows are written by statements of our own (`DeliveryRow`): a field that is added here has to be added there.
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
    // A UUID of version 7, which begins with the time of arrival by the receiver's clock: the log needs no index on a time.
    { name: 'id', type: 'uuid', primaryKey: true, autoFill: false },
    // The order of arrival, as the database counts what is stored (`store/positions.ts`).
    { name: 'position', type: 'bigInt', hidden: true },
    // The workflow key: the same across revisions. `workflowId` is the revision that ran.
    { name: 'key', type: 'string', allowNull: false },
    { name: 'workflowId', type: 'bigInt' },
    // The last attempt's, and those of all.
    { name: 'executionId', type: 'bigInt' },
    { name: 'executionIds', type: 'json' },
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
    { name: 'event', type: 'string', length: 255 },
    { name: 'secretName', type: 'string' },
    { name: 'dedupeKey', type: 'text' },
    // Unique while the window lasts: two nodes can't both be the first. Freed when the window is over.
    { name: 'dedupeSlot', type: 'string', length: 64, unique: true, hidden: true },
    // SHA-256 of the body, in hex, of one with a slot: what comes again with another one is no repeat.
    { name: 'bodyDigest', type: 'string', length: 64, hidden: true },
    { name: 'replayOf', type: 'uuid', autoFill: false },

    // A digest of what it has in common with those that it waits for, where runs are in order for each key.
    { name: 'orderKey', type: 'string', length: 64, hidden: true },

    // The instance that runs it; empty: nobody does.
    { name: 'owner', type: 'uuid', autoFill: false, hidden: true },
    // What becomes of its run where that is cut off, as the version says that it was started in.
    { name: 'onInterruption', type: 'string', length: 8, hidden: true },
    // JSON text: whether and when its run is tried again where it fails, of that version too.
    { name: 'retry', type: 'text', hidden: true },
    { name: 'attempts', type: 'integer', defaultValue: 0 },
    // While it waits to be tried again.
    { name: 'nextAttemptAt', type: 'datetime' },
    { name: 'takeovers', type: 'integer', defaultValue: 0, hidden: true },

    { name: 'responseStatus', type: 'integer' },
    { name: 'responseHeaders', type: 'json' },
    { name: 'responseBody', type: 'text', length: 'long' },
    { name: 'responseEncoding', type: 'string', length: 8 },
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
    // A webhook's log by status. Of two that are alike MariaDB takes the first.
    { fields: ['key', 'status', 'id'] },
    // Its next ones in order of arrival. MySQL has no indexes on a part of the rows: there it is on all.
    { fields: ['key', 'status', 'position'], where: { status: 'received' } },
    // The last position; MySQL counts by it.
    { fields: ['position'] },
    // A webhook's whole log, newest first.
    { fields: ['key', 'id'] },
    // The log by status over all webhooks, and what a dead instance left behind.
    { fields: ['status', 'id'] },
    { fields: ['expiresAt'] },
    // What is to be tried again by now.
    { fields: ['key', 'nextAttemptAt'], where: { nextAttemptAt: { [Op.ne]: null } } },
  ],
});
