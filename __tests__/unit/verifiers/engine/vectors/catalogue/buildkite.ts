import type { ProviderFacts } from '../types';

export const BUILDKITE: ProviderFacts = {
  provider: 'buildkite',
  covers: ['whole', false, 300],
  idSigned: true,
  vectors: [
    {
      source: 'https://buildkite.com/docs/apis/webhooks/pipelines#webhook-signature; computed with Python hmac',
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
      deliveryId: 'b018032cb1083ef5f832e3cb0317df32e05a2ee676ba898d3875a7e19794123e',
      signature: 'header:x-buildkite-signature',
      isList: true,
      tolerance: 300,
    },
  ],
  challenges: [
    {
      name: 'Buildkite: ping',
      source: 'https://buildkite.com/docs/apis/webhooks/pipelines/ping-events; Python hmac',
      secrets: ['a-signing-secret'],
      request: {
        headers: {
          'x-buildkite-signature':
            'timestamp=1700000000,signature=28c0617bb40f252defed8944490ef7280caec96aeff84007e802bc123147c60c',
        },
        body: '{"event":"ping","service":{"id":"c9f8372d","provider":"webhook"},"sender":{"id":"8a7693f8","name":"Bob"}}',
      },
      at: 1700000000,
      reply: { kind: 'ping', status: 200 },
      broken: {
        headers: {},
        body: '{"event":"ping","service":{"id":"c9f8372d","provider":"webhook"},"sender":{"id":"8a7693f8","name":"Bob"}}',
      },
    },
  ],
};
