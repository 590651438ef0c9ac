import type { Database } from '@nocobase/database';
import type { NetworkSettings, WebhookSettingsInput } from '../../common/settings';

/** Not called as the resource: its own actions would let values in that nobody checked. */
export const SETTINGS_COLLECTION = 'webhookOptions';

/** The settings that hold for all webhooks of an app, in the app's database: a row for each. */
export class SettingsStore {
  constructor(private readonly db: Database) {}

  /** null: nothing was saved yet. */
  async load<Name extends keyof NetworkSettings>(name: Name): Promise<NetworkSettings[Name] | null> {
    const row = await this.db.getRepository(SETTINGS_COLLECTION).findOne({ filterByTk: name });
    return (row?.get('value') as NetworkSettings[Name] | undefined) ?? null;
  }

  /** Those that are given, all or none. */
  async save(settings: WebhookSettingsInput): Promise<void> {
    const { model } = this.db.getCollection(SETTINGS_COLLECTION);
    await this.db.sequelize.transaction(async (transaction) => {
      for (const [name, value] of Object.entries(settings)) {
        await model.upsert({ name, value }, { transaction });
      }
    });
  }
}
