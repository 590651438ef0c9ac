import type { ProviderFacts } from '../types';

export const BUILDKITE: ProviderFacts = {
  provider: 'buildkite',
  covers: ['whole', false, 300],
  idSigned: null,
  vectors: [
    {
      source: 'Python hmac, by the rule of the documentation',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-buildkite-signature':
            'timestamp=1700000000,signature=00b968363343f5404949eea52b1e2b5f2ac5b576767d9b384b7503a20299f7e7',
        },
        body: '{"event":"build.finished","build":{"id":"018a","number":1,"state":"passed"},"pipeline":{"slug":"web"}}',
      },
      at: 1700000000,
      deliveryId: null,
      signature: 'header:x-buildkite-signature',
      isList: true,
      tolerance: 300,
    },
  ],
};
