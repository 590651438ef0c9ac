import type { ProviderFacts } from '../types';

export const VIBER: ProviderFacts = {
  provider: 'viber',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source: 'https://developers.viber.com/docs/api/rest-bot-api/#callbacks; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-viber-content-signature': '89bfbef29396182cf8f8f24478c002e441e030c87626c9f6ae4659dc978ba782',
        },
        body: '{"event":"message","timestamp":1457764197627,"message_token":4912661846655238145,"sender":{"id":"01234567890A="},"message":{"type":"text","text":"Hi"}}',
      },
      at: 1700000000,
      deliveryId: '1457764197627 6a9481ad51ea2220fddda87fc8259cd068e0ec5904d8d2e09e6cb150c712f6c7',
      signature: 'header:x-viber-content-signature',
    },
  ],
};
