import type { ProviderFacts } from '../types';

export const CHARGEBEE: ProviderFacts = {
  provider: 'chargebee',
  covers: ['none', false, null],
  idSigned: null,
  shows: ['header:authorization'],
  vectors: [
    {
      source: 'the rule of the documentation',
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
