import type { ProviderFacts } from '../types';

export const BITBUCKET_SERVER: ProviderFacts = {
  provider: 'bitbucket-server',
  covers: ['whole', false, null],
  idSigned: false,
  vectors: [
    {
      source:
        'https://confluence.atlassian.com/bitbucketserver/manage-webhooks-938025878.html; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-request-id': 'r1',
          'x-hub-signature': 'sha256=1af7fd177a9d3d683ca3e5982a09cbe3938a7cd7dd796eb98ea89c98d02ff68a',
        },
        body: '{"eventKey":"pr:opened","date":"2023-11-14T22:13:20+0000","pullRequest":{"id":1,"title":"a"}}',
      },
      at: 1700000000,
      deliveryId: 'r1',
      signature: 'header:x-hub-signature',
    },
  ],
  challenges: [
    {
      name: 'Bitbucket Server: ping',
      source: 'https://confluence.atlassian.com/bitbucketserver/event-payload-938025882.html',
      secrets: [],
      request: {
        headers: {
          'x-event-key': 'diagnostics:ping',
        },
        body: '{"test":true}',
      },
      at: 1700000000,
      reply: {
        kind: 'diagnostics:ping',
        status: 200,
      },
    },
  ],
};
