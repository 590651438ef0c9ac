import type { ProviderFacts } from '../types';

export const STARLING: ProviderFacts = {
  provider: 'starling',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source: 'https://developer.starlingbank.com/docs#webhooks-1; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-hook-signature':
            'NRCSgI0juZJaeHmOAPTdZJovK1Q4iJYW3BkDX70cCU5qw9TEiuzVeBNVZI6No9WZUFnQNyd7EBawS40tr/bTkw==',
        },
        body: '{"webhookEventUid":"2a9f3f4c","eventTimestamp":"2023-11-14T22:13:20Z","accountHolderUid":"6a1d","content":{"amount":{"currency":"GBP","minorUnits":1000}}}',
      },
      at: 1700000000,
      deliveryId: '2a9f3f4c',
      signature: 'header:x-hook-signature',
    },
  ],
};
