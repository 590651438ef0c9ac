import type { ProviderFacts } from '../types';

export const MONDAY: ProviderFacts = {
  provider: 'monday',
  covers: ['none', false, null],
  idSigned: false,
  shows: ['header:authorization'],
  vectors: [
    {
      source:
        'https://developer.monday.com/apps/docs/integration-authorization, its rule; Python hmac and cryptography, by the rule of the documentation',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          authorization:
            'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJhY2NvdW50SWQiOjE4MjU1MjksImF1ZCI6Imh0dHBzOi8vbm9jb2Jhc2UuZXhhbXBsZS5jb20vYXBpL3dlYmhvb2tzL2tleSIsImlhdCI6MTcwMDAwMDAwMCwiZXhwIjoxNzAwMDAwMzAwfQ.1rIg2hEK73wEysPqtoLL4d08EbhY28-9Gmz8MSbz8uI',
        },
        body: '{"event":{"userId":9603417,"boardId":1771812698,"pulseId":1772099344,"type":"create_pulse","triggerUuid":"645fc8d8709d35718f1ae00ceded91e9"}}',
      },
      at: 1700000000,
      deliveryId: '645fc8d8709d35718f1ae00ceded91e9',
      signature: 'header:authorization',
      signsBody: false,
      expires: true,
    },
  ],
  challenges: [
    {
      name: 'monday.com: challenge',
      source: 'https://developer.monday.com/api-reference/reference/webhooks',
      secrets: [],
      request: {
        body: '{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}',
      },
      at: 1700000000,
      reply: {
        kind: 'challenge',
        status: 200,
        contentType: 'application/json',
        body: '{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}',
      },
    },
  ],
};
