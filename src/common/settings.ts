// Framework-free: what the settings page and the server say to each other.

import { PLUGIN_NAME } from './plugin';

/** NocoBase resource with the actions `get` and `save`. */
export const SETTINGS_RESOURCE = 'webhookSettings';

/** The permission for the settings page. */
export const SETTINGS_SNIPPET = `pm.${PLUGIN_NAME}`;

/** Where a setting comes from: the environment wins over the settings page. */
export type SettingSource = 'environment' | 'settings' | 'default';

/** What is set once for all webhooks. */
export interface NetworkSettings {
  trustedProxies: string[];
  /** In its normal form, such as `https://hooks.example.com`; empty: none, and each request tells. */
  publicUrl: string;
}

/** The environment variables that win over what is saved. */
export const SETTING_VARIABLES: Record<keyof NetworkSettings, string> = {
  trustedProxies: 'WEBHOOK_TRUSTED_PROXIES',
  publicUrl: 'WEBHOOK_PUBLIC_URL',
};

/** As parameter `with` it asks `webhookSettings:get` for `sharedAddress`, to find which deliveries are read. */
export const WITH_SHARED_ADDRESS = 'sharedAddress';

/** An address from which all of the latest calls came, though it hardly is that of one caller. */
export interface SharedAddress {
  address: string;
  /** How many calls that is seen by. */
  calls: number;
  /** Each of them says that a proxy forwarded it for somebody else. */
  forwarded: boolean;
}

/** What `webhookSettings:get` answers. */
export interface WebhookSettings extends NetworkSettings {
  sources: Record<keyof NetworkSettings, SettingSource>;
  /** The caller of this very request, as a webhook would see it; empty: it can't be told. */
  clientAddress: string;
  /** The other end of the connection: the caller, or the last proxy. */
  socketAddress: string;
  /** `X-Forwarded-For` as it came, from the caller to the last proxy. */
  forwardedFor: string[];
  /** Whether the webhooks' rate limits are counted for all instances together, in Redis, or by each instance. */
  rateLimitStore: 'redis' | 'memory';
  /**
   * Only where it is asked for with {@link WITH_SHARED_ADDRESS}. Null: callers have addresses of their own, as far as the
   * deliveries show.
   */
  sharedAddress?: SharedAddress | null;
}

/** What `webhookSettings:save` takes; a setting that is left out stays as it is. */
export type WebhookSettingsInput = Partial<NetworkSettings>;
