import { defineCollection } from '@nocobase/database';

/** One row: a token that `webhookLogEpochs` has too, and that is changed all the time. Left out of backups. */
export default defineCollection({
  name: 'webhookEpochs',
  dumpRules: 'skipped',
  migrationRules: ['schema-only'],
  dataCategory: 'runtime',
  shared: true,
  autoGenId: false,
  createdAt: false,
  updatedAt: false,
  fields: [
    { name: 'id', type: 'integer', primaryKey: true, autoIncrement: false },
    { name: 'token', type: 'uuid', autoFill: false, allowNull: false },
  ],
});
