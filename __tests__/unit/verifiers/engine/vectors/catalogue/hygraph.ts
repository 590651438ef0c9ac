import type { ProviderFacts } from '../types';

export const HYGRAPH: ProviderFacts = {
  provider: 'hygraph',
  covers: ['whole', false, 3600],
  idSigned: true,
  vectors: [
    {
      source: 'https://hygraph.com/blog/introducing-signed-webhooks; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: { 'gcms-signature': 'sign=eCu88Mf2TLwcYvP/cSZCMWOfuJ8kSteAUTxbkxdIg5A=, env=master, t=1700000000000' },
        body: '{"operation":"publish","data":{"__typename":"Post","id":"ckt1a2b3c4d5e0a98","stage":"PUBLISHED","title":"Grüße \\"x\\""}}',
      },
      at: 1_700_000_000,
      deliveryId: 'b725169c7b833333ba01879cbcfb131576c3aff50ca4b0d6a0d1fa47afc5987e',
      signature: 'header:gcms-signature',
      isList: true,
      tolerance: 3600,
    },
  ],
};
