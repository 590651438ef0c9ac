import type { ProviderFacts } from '../types';

export const SANITY: ProviderFacts = {
  provider: 'sanity',
  covers: ['whole', false, 86400],
  idSigned: false,
  vectors: [
    {
      source: 'https://www.sanity.io/docs/content-lake/webhooks-best-practices; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'idempotency-key': 'k1',
          'sanity-webhook-signature': 't=1700000000000,v1=Dw6uG3zDi61ek7ORz80d8G5yT3gzaueKO9Av9GbwD3w',
        },
        body: '{"_id":"a1","_type":"post","title":"Hello"}',
      },
      at: 1700000000,
      deliveryId: 'k1',
      signature: 'header:sanity-webhook-signature',
      isList: true,
      tolerance: 86400,
    },
  ],
};
