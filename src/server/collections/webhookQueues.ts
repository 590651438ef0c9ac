import { defineCollection } from '@nocobase/database';

/**
 * One row per webhook: which instance starts its deliveries, and whether it is paused. One instance at a time, so
 * that order and `concurrency` hold over the whole cluster.
 */
export default defineCollection({
  name: 'webhookQueues',
  dumpRules: 'skipped',
  migrationRules: ['schema-only'],
  dataCategory: 'runtime',
  shared: true,
  autoGenId: false,
  createdAt: false,
  updatedAt: false,
  fields: [
    // The workflow key.
    { name: 'key', type: 'string', primaryKey: true },
    { name: 'owner', type: 'uuid', autoFill: false },
    // 1: an instance that isn't the owner has stored something.
    { name: 'notified', type: 'integer', defaultValue: 0, allowNull: false },
    { name: 'paused', type: 'boolean', defaultValue: false, allowNull: false },
  ],
  indexes: [{ fields: ['owner'] }, { fields: ['notified'] }],
});
