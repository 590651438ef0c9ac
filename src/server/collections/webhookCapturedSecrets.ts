import { defineCollection } from '@nocobase/database';
import { CAPTURED_SECRETS } from '../../common/capturedSecrets';

/**
 * Secrets that services handed over in their handshakes, by workflow key: waiting for the maker, or confirmed. Closed:
 * nothing but {@link CapturedSecrets} reads or writes it, as what stands in it is shown.
 */
export default defineCollection({
  name: CAPTURED_SECRETS,
  dumpRules: 'required',
  // Made for the URL of one server, and sealed with its key.
  migrationRules: ['schema-only'],
  dataCategory: 'system',
  shared: true,
  autoGenId: false,
  createdAt: false,
  updatedAt: false,
  fields: [
    { name: 'id', type: 'uuid', primaryKey: true, autoFill: false },
    // The workflow key.
    { name: 'key', type: 'string', allowNull: false },
    // JSON: what it is used for, the same as in its seal.
    { name: 'use', type: 'text', allowNull: false },
    { name: 'sealed', type: 'text', allowNull: false, hidden: true },
    // Known again without being opened: a service may send the same one twice, to two instances at once.
    { name: 'fingerprint', type: 'string', length: 64, unique: true, hidden: true },
    { name: 'ip', type: 'string', length: 64 },
    // Milliseconds since 1970.
    { name: 'capturedAt', type: 'bigInt', allowNull: false },
    { name: 'confirmedAt', type: 'bigInt' },
    { name: 'replaced', type: 'integer', defaultValue: 0, allowNull: false },
  ],
  indexes: [{ fields: ['key'] }],
});
