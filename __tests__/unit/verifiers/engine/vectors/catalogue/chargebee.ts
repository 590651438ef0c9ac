import type { ProviderFacts } from '../types';

export const CHARGEBEE: ProviderFacts = {
  provider: 'chargebee',
  covers: ['none', false, null],
  idSigned: null,
  shows: ['header:authorization'],
  vectors: [
    {
      source: 'https://www.chargebee.com/docs/2.0/webhook_settings.html, its rule',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          authorization: 'Basic c2hvcDphLXNpZ25pbmctc2VjcmV0',
        },
        body: '{"id":"ev_16BHbhF4s42tO2lK","occurred_at":1628061000,"event_type":"subscription_created","content":{"subscription":{"id":"16BHbhF4s42tO2lJ"}}}',
      },
      at: 1700000000,
      deliveryId: null,
      signature: 'header:authorization',
      signsBody: false,
      isToken: true,
      options: {
        username: 'shop',
      },
    },
  ],
};
