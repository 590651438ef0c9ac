import { defineCollection } from '@nocobase/database';
import { SETTINGS_COLLECTION } from '../settings/SettingsStore';

/** What is set once for all webhooks of an app: a row for each setting. Reached by the `webhookSettings` resource. */
export default defineCollection({
  name: SETTINGS_COLLECTION,
  dumpRules: 'required',
  migrationRules: ['overwrite', 'schema-only'],
  shared: true,
  autoGenId: false,
  createdAt: false,
  updatedAt: false,
  fields: [
    { name: 'name', type: 'string', primaryKey: true },
    { name: 'value', type: 'json' },
  ],
});
