import type { ProviderFacts } from '../types';

export const VERCEL: ProviderFacts = {
  provider: 'vercel',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source: 'https://vercel.com/docs/webhooks/webhooks-api; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-vercel-signature': 'b8f502bbe0072dd167a55dcfc85d6230d7c45fac',
        },
        body: '{"id":"evt_1","type":"deployment.succeeded","createdAt":1700000000000,"payload":{"deployment":{"id":"dpl_1","url":"my-app.vercel.app"}}}',
      },
      at: 1700000000,
      deliveryId: 'evt_1',
      signature: 'header:x-vercel-signature',
    },
  ],
};
