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

  async saveTrustedProxies(value: string[]): Promise<void> {
    await this.db.getCollection(SETTINGS_COLLECTION).model.upsert({ name: TRUSTED_PROXIES, value });
  }
}
