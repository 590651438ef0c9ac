import { defineCollection } from '@nocobase/database';

/** The running NocoBase processes: each renews its row while it lives. What a dead one held, others take over. */
export default defineCollection({
  name: 'webhookInstances',
  dumpRules: 'skipped',
  migrationRules: ['schema-only'],
  dataCategory: 'runtime',
  shared: true,
  autoGenId: false,
  createdAt: false,
  updatedAt: false,
  fields: [
    // New at every start of the app.
    { name: 'id', type: 'uuid', primaryKey: true, autoFill: false },
    // Where process ids are comparable: machine and process namespace. Empty: unknown.
    { name: 'pidNamespace', type: 'string' },
    { name: 'pid', type: 'integer' },
    // Until when it counts as alive: milliseconds since 1970 by the database's clock.
    { name: 'aliveUntil', type: 'bigInt', allowNull: false },
  ],
});
