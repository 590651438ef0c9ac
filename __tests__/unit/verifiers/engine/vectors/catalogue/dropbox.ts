import type { ProviderFacts } from '../types';

export const DROPBOX: ProviderFacts = {
  provider: 'dropbox',
  covers: ['whole', false, null],
  idSigned: null,
  vectors: [
    {
      source: 'https://www.dropbox.com/developers/reference/webhooks; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-dropbox-signature': '19360f357a2eb529ef203077e30395bfc81c820e745f967545bb5c5c66c37f5a',
        },
        body: '{"list_folder":{"accounts":["dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc"]},"delta":{"users":[12345678]}}',
      },
      at: 1700000000,
      deliveryId: null,
      signature: 'header:x-dropbox-signature',
    },
  ],
  challenges: [
    {
      name: 'Dropbox: challenge',
      source: 'https://www.dropbox.com/developers/reference/webhooks',
      secrets: [],
      request: {
        method: 'GET',
        url: '/api/webhooks/dropbox?challenge=abc123',
      },
      at: 1700000000,
      reply: {
        kind: 'challenge',
        status: 200,
        contentType: 'text/plain',
        body: 'abc123',
      },
    },
  ],
};
