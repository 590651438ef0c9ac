import { defineCollection } from '@nocobase/database';

/**
 * Runs that waited for a person, a time or another system, and want to go on: until their webhook has a place for them.
 * Written in the transaction that saves what they waited for.
 */
export default defineCollection({
  name: 'webhookResumptions',
  dumpRules: 'skipped',
  migrationRules: ['schema-only'],
  dataCategory: 'runtime',
  shared: true,
  autoGenId: false,
  createdAt: false,
  updatedAt: false,
  fields: [
    // The job that the run is resumed from.
    { name: 'jobId', type: 'bigInt', primaryKey: true, autoIncrement: false },
    { name: 'executionId', type: 'bigInt', allowNull: false },
    { name: 'deliveryId', type: 'uuid', autoFill: false, allowNull: false },
    // The workflow key.
    { name: 'key', type: 'string', allowNull: false },
    // Milliseconds since 1970.
    { name: 'wokenAt', type: 'bigInt', allowNull: false },
  ],
  indexes: [{ fields: ['key', 'wokenAt'] }],
});
