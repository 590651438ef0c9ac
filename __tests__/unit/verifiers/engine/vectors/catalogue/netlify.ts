import type { ProviderFacts } from '../types';

export const NETLIFY: ProviderFacts = {
  provider: 'netlify',
  covers: ['whole', false, null],
  idSigned: true,
  shows: ['header:x-webhook-signature'],
  vectors: [
    {
      source:
        'https://docs.netlify.com/site-deploys/deploy-notifications/#payload-signature, its rule; Python hmac and cryptography, by the rule of the documentation',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-webhook-signature':
            'eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJuZXRsaWZ5Iiwic2hhMjU2IjoiZGM3MDExMDA4NDdjYzUyZjlkY2Y4NGUyZjA1OTczYjU2MjQzZDEzNDExNTA0NWEzYTI0MGI0MGVlYmYxNDhmNyJ9.er-LCevRgNbeYxMoYzHV9-tVLoEeNdi9XP_ophf5VYM',
        },
        body: '{"id":"5a4bd7e5","state":"ready","name":"my-site","branch":"main"}',
      },
      at: 1700000000,
      deliveryId: null,
      signature: 'header:x-webhook-signature',
    },
  ],
};
