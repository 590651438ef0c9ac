import '@shopify/shopify-api/adapters/node';
import { ApiVersion, LogSeverity, shopifyApi } from '@shopify/shopify-api';

/** Shopify's own SDK for an app with this secret; nothing is called with it. */
export function shopifySdk(secret: string): ReturnType<typeof shopifyApi> {
  return shopifyApi({
    apiSecretKey: secret,
    apiKey: 'key',
    apiVersion: ApiVersion.January26,
    isEmbeddedApp: false,
    isCustomStoreApp: true,
    adminApiAccessToken: 'unused',
    hostName: 'nocobase.example.com',
    logger: { level: LogSeverity.Error },
  });
}
