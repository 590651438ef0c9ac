import { defineCollection } from '@nocobase/database';

/** One row: of which moment the log is. In each backup that the log is in; see `EpochStore`. */
export default defineCollection({
  name: 'webhookLogEpochs',
  // As the log: where that is restored, so is this.
  dumpRules: { group: 'log' },
  migrationRules: ['schema-only'],
  dataCategory: 'business',
  shared: true,
  autoGenId: false,
  createdAt: false,
  updatedAt: false,
  fields: [
    { name: 'id', type: 'integer', primaryKey: true, autoIncrement: false },
    { name: 'token', type: 'uuid', autoFill: false, allowNull: false },
  ],
});
