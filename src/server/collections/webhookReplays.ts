import { defineCollection } from '@nocobase/database';

/** Replays of many deliveries, and how far they have come: in the database, so that every instance can tell. */
export default defineCollection({
  name: 'webhookReplays',
  dumpRules: 'skipped',
  migrationRules: ['schema-only'],
  dataCategory: 'runtime',
  shared: true,
  autoGenId: false,
  createdAt: false,
  updatedAt: false,
  fields: [
    { name: 'id', type: 'uuid', primaryKey: true, autoFill: false },
    { name: 'status', type: 'string', length: 16, allowNull: false },
    { name: 'total', type: 'integer', allowNull: false },
    { name: 'replayed', type: 'integer', allowNull: false },
    { name: 'failed', type: 'integer', allowNull: false },
    // Milliseconds since 1970: when the instance that does it last said so.
    { name: 'seenAt', type: 'bigInt', allowNull: false },
  ],
});
