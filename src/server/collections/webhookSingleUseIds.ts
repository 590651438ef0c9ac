import { defineCollection } from '@nocobase/database';

/** Ids that a provider signed for one request each, so that no other request is taken under them. */
export default defineCollection({
  name: 'webhookSingleUseIds',
  dumpRules: 'skipped',
  migrationRules: ['schema-only'],
  dataCategory: 'runtime',
  shared: true,
  autoGenId: false,
  createdAt: false,
  updatedAt: false,
  fields: [
    // SHA-256, in hex, of the webhook's key and the id.
    { name: 'slot', type: 'string', length: 64, primaryKey: true, autoFill: false },
    // SHA-256 of the body that came with it first, in hex.
    { name: 'bodyDigest', type: 'string', length: 64, allowNull: false },
    // The request that is dealt with under it, and since when: milliseconds since 1970; 0: none is.
    { name: 'claim', type: 'string', length: 36, allowNull: false },
    { name: 'claimedAt', type: 'bigInt', allowNull: false },
    // When a request was answered with success; 0: none was.
    { name: 'takenAt', type: 'bigInt', allowNull: false },
    // From when on its time alone refuses a request: milliseconds since 1970.
    { name: 'expiresAt', type: 'bigInt', allowNull: false },
  ],
  indexes: [{ fields: ['expiresAt'] }],
});
