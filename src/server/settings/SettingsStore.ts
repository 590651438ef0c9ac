import type { Database } from '@nocobase/database';

/** Not called as the resource: its own actions would let values in that nobody checked. */
export const SETTINGS_COLLECTION = 'webhookOptions';

const TRUSTED_PROXIES = 'trustedProxies';

/** The settings that hold for all webhooks of an app, in the app's database. */
export class SettingsStore {
  constructor(private readonly db: Database) {}

  /** null: nothing was saved yet. */
  async loadTrustedProxies(): Promise<string[] | null> {
    const row = await this.db.getRepository(SETTINGS_COLLECTION).findOne({ filterByTk: TRUSTED_PROXIES });
    return (row?.get('value') as string[] | undefined) ?? null;
  }

  /** null: back to the default. */
  async saveTrustedProxies(value: string[] | null): Promise<void> {
    const { model } = this.db.getCollection(SETTINGS_COLLECTION);
    if (value === null) {
      await model.destroy({ where: { name: TRUSTED_PROXIES } });
    } else {
      await model.upsert({ name: TRUSTED_PROXIES, value });
    }
  }
}
