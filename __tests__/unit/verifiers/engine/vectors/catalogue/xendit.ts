import type { ProviderFacts } from '../types';

export const XENDIT: ProviderFacts = {
  provider: 'xendit',
  covers: ['none', false, null],
  idSigned: false,
  shows: ['header:x-callback-token'],
  vectors: [
    {
      source: 'https://docs.xendit.co/docs/handling-webhooks, its rule',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'webhook-id': 'w1',
          'x-callback-token': 'a-signing-secret',
        },
        body: '{"id":"579c8d61f23fa4ca35e52da4","external_id":"invoice_123","status":"PAID","amount":50000}',
      },
      at: 1700000000,
      deliveryId: 'w1',
      signature: 'header:x-callback-token',
      signsBody: false,
      isToken: true,
    },
  ],
};
