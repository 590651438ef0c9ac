import { createHmac, randomBytes } from 'node:crypto';
import HmacValidator from '@adyen/api-library/lib/src/utils/hmacValidator';
import type { NotificationRequestItem } from '@adyen/api-library/lib/src/typings/notification/models';
import { Signature } from '@hubspot/api-client/lib/src/utils/signature';
import { WebhooksHelper } from 'square';
import type { ProviderSender } from './ProviderSender';
import { JSON_TYPE, text } from './providerSigning';
import { shopifySdk } from './shopifySdk';

const hmacBase64 = (secret: string, content: string) => createHmac('sha256', secret).update(content).digest('base64');
const event = (fields: object): string => JSON.stringify({ note: 'Zoë 🚲', ...fields }).replaceAll(':', ': ');

const hubspot: ProviderSender = {
  provider: 'hubspot',
  sdk: '@hubspot/api-client',
  secret: text(),
  call(url) {
    const [requestBody, timestamp] = [`[${event({ eventId: Date.now() })}]`, Date.now()];
    const options = { clientSecret: hubspot.secret, requestBody, url, timestamp, signature: '' };
    const headers = {
      'x-hubspot-signature-v3': Signature.getSignature('POST', 'v3', options),
      'x-hubspot-request-timestamp': String(timestamp),
    };
    return { headers: { ...JSON_TYPE, ...headers }, body: requestBody };
  },
};

const square: ProviderSender = {
  provider: 'square',
  sdk: 'square',
  secret: text(),
  async call(url) {
    const requestBody = event({ event_id: text() });
    const signatureHeader = hmacBase64(square.secret, url + requestBody);
    const given = { requestBody, signatureHeader, signatureKey: square.secret, notificationUrl: url };
    if (!(await WebhooksHelper.verifySignature(given))) {
      throw new Error("the provider's own SDK refuses this call");
    }
    return { headers: { ...JSON_TYPE, 'x-square-hmacsha256-signature': signatureHeader }, body: requestBody };
  },
};

const shopify: ProviderSender = {
  provider: 'shopify',
  sdk: '@shopify/shopify-api',
  secret: text(),
  async call() {
    const body = event({ id: text() });
    const headers = {
      ...JSON_TYPE,
      'x-shopify-hmac-sha256': hmacBase64(shopify.secret, body),
      'x-shopify-topic': 'orders/create',
      'x-shopify-api-version': '2026-01',
      'x-shopify-shop-domain': 'example.myshopify.com',
      'x-shopify-webhook-id': text(),
    };
    const sdk = shopifySdk(shopify.secret);
    const { valid } = await sdk.webhooks.validate({ rawBody: body, rawRequest: { headers, method: 'POST', url: '/' } });
    if (!valid) {
      throw new Error("the provider's own SDK refuses this call");
    }
    return { headers, body };
  },
};

const adyen: ProviderSender = {
  provider: 'adyen',
  sdk: '@adyen/api-library',
  secret: randomBytes(32).toString('hex'),
  call() {
    const item = {
      pspReference: text(),
      merchantAccountCode: 'TestMerchant',
      // Long, so that the byte in the middle of the body is one that is signed.
      merchantReference: 'order '.repeat(60),
      amount: { value: 1130, currency: 'EUR' },
      eventCode: 'AUTHORISATION',
      success: 'true',
    };
    const hmacSignature = new HmacValidator().calculateHmac(item as unknown as NotificationRequestItem, adyen.secret);
    const notificationItems = [{ NotificationRequestItem: { ...item, additionalData: { hmacSignature } } }];
    return { headers: JSON_TYPE, body: JSON.stringify({ live: 'false', notificationItems }) };
  },
};

/** Calls of shops and of who takes payments for them. */
export const SHOP_SENDERS: readonly ProviderSender[] = [hubspot, square, shopify, adyen];
