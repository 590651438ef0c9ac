import type { ProviderFacts } from '../types';

export const BRAINTREE: ProviderFacts = {
  provider: 'braintree',
  covers: ['part', false, null],
  idSigned: null,
  vectors: [
    {
      source:
        'https://developer.paypal.com/braintree/docs/guides/webhooks/parse; lib/braintree/webhook_notification_gateway.js of github.com/braintree/braintree_node; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'bt_signature=pub1%7Cf41fd2d7c75576fb07c32828c7bda826b98856a0&bt_payload=PG5vdGlmaWNhdGlvbj48a2luZD5jaGVjazwva2luZD48L25vdGlmaWNhdGlvbj4%3D',
      },
      at: 1700000000,
      deliveryId: null,
      signature: 'form:bt_signature',
      isList: true,
      signsBody: false,
    },
  ],
};
