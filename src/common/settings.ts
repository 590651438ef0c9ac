// Framework-free: what the settings page and the server say to each other.

import { PLUGIN_NAME } from './plugin';

/** NocoBase resource with the actions `get` and `save`. */
export const SETTINGS_RESOURCE = 'webhookSettings';

/** The permission for the settings page. */
export const SETTINGS_SNIPPET = `pm.${PLUGIN_NAME}`;

/** Where the trusted proxies come from: the environment wins over the settings page. */
export type TrustSource = 'environment' | 'settings' | 'default';

/** What `webhookSettings:get` answers. */
export interface WebhookSettings {
  trustedProxies: string[];
  source: TrustSource;
  /** The caller of this very request, as a webhook would see it; empty: it can't be told. */
  clientAddress: string;
  /** The other end of the connection: the caller, or the last proxy. */
  socketAddress: string;
  /** `X-Forwarded-For` as it came, from the caller to the last proxy. */
  forwardedFor: string[];
  /** Whether the webhooks' rate limits are counted for all nodes together, in Redis, or by each node. */
  rateLimitStore: 'redis' | 'memory';
}

/** What `webhookSettings:save` takes. */
export type WebhookSettingsInput = Pick<WebhookSettings, 'trustedProxies'>;
