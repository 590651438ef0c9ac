import { defineCollection } from '@nocobase/database';
import { ROUTES_COLLECTION } from '../endpoints/RouteRows';

/**
 * Which webhook has which URL: a row for each method of each URL of an enabled webhook, written in the transaction
 * that enables it. The primary key is what makes it impossible that two have the same. Derived from the enabled
 * workflows: brought in step with them at every start.
 */
export default defineCollection({
  name: ROUTES_COLLECTION,
  dumpRules: 'skipped',
  migrationRules: ['schema-only'],
  dataCategory: 'runtime',
  shared: true,
  autoGenId: false,
  createdAt: false,
  updatedAt: false,
  fields: [
    // SHA-256 over method and shape of the path, in hex: paths are longer than every index may be.
    { name: 'id', type: 'string', length: 64, primaryKey: true },
    // The workflow key: the same across revisions.
    { name: 'key', type: 'string', allowNull: false },
    // For people who look: `POST`, `orders/:`.
    { name: 'method', type: 'string', length: 16, allowNull: false },
    { name: 'path', type: 'text', allowNull: false },
    // Of a webhook's first row (its key, with POST): another number after each save, by which every instance notices.
    { name: 'stamp', type: 'bigInt' },
  ],
  indexes: [{ fields: ['key'] }],
});
