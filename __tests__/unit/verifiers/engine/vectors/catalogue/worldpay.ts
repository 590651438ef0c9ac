import type { ProviderFacts } from '../types';

export const WORLDPAY: ProviderFacts = {
  provider: 'worldpay',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source: 'https://developer.worldpay.com/products/access/events/signature/; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'event-signature': '1/SHA256/8403f94229447cfaf91e358cc6210e1b729266b623faf1c16786fb98c7bcb265',
        },
        body: '{"eventId":"8c3d","eventTimestamp":"2023-11-14T22:13:20.000Z","eventDetails":{"classification":"payment","transactionReference":"t-1","type":"authorized"}}',
      },
      at: 1700000000,
      deliveryId: '8c3d',
      signature: 'header:event-signature',
      isList: true,
    },
  ],
};
