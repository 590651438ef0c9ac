import type { ProviderFacts } from '../types';

export const MUX: ProviderFacts = {
  provider: 'mux',
  covers: ['whole', false, 300],
  idSigned: true,
  vectors: [
    {
      source: 'https://www.mux.com/docs/core/verify-webhook-signatures; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'mux-signature': 't=1700000000,v1=d4fc2e81dc2a16472d378b0fc7057b70d87e204d05c1991796c77e0eb8e49e5b',
        },
        body: '{"type":"video.asset.ready","id":"3c3b5c2e","object":{"type":"asset","id":"0201p02f"},"data":{"status":"ready"}}',
      },
      at: 1700000000,
      deliveryId: '3c3b5c2e',
      signature: 'header:mux-signature',
      isList: true,
      tolerance: 300,
    },
  ],
};
