import type { ProviderFacts } from '../types';

export const WOOCOMMERCE: ProviderFacts = {
  provider: 'woocommerce',
  covers: ['whole', false, null],
  idSigned: false,
  vectors: [
    {
      source: 'https://developer.woocommerce.com/docs/apis/rest-api/v3/webhooks/; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-wc-webhook-signature': '8u+fxjZg0DUUHH6vO30tZSdw3gkjhtxJ2PpFBhs305w=',
          'x-wc-webhook-delivery-id': 'd1',
        },
        body: '{"id":118,"status":"processing","total":"29.35","billing":{"first_name":"Zoë"}}',
      },
      at: 1700000000,
      deliveryId: 'd1',
      signature: 'header:x-wc-webhook-signature',
    },
  ],
  challenges: [
    {
      name: 'WooCommerce: ping',
      source:
        'https://developer.woocommerce.com/docs/apis/rest-api/v3/webhooks/, its rule; WC_Webhook::deliver_ping in WooCommerce',
      secrets: [],
      request: {
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'webhook_id=12',
      },
      at: 1700000000,
      reply: {
        kind: 'ping',
        status: 200,
      },
    },
  ],
};
