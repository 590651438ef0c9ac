import type { ProviderFacts } from '../types';

export const TRELLO: ProviderFacts = {
  provider: 'trello',
  covers: ['whole', true, null],
  idSigned: true,
  vectors: [
    {
      source: 'https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-trello-webhook': 'DxhIfzneoW1hyP2OcgOtyE2YlRE=',
        },
        body: '{"action":{"id":"51f9424bcd6e040f3c002412","type":"updateCard"},"model":{"id":"4d5ea62fd76aa1136000000c"}}',
        url: 'https://nocobase.example.com/api/webhooks/trello',
      },
      at: 1700000000,
      deliveryId: '51f9424bcd6e040f3c002412',
      signature: 'header:x-trello-webhook',
      signed: ['url'],
    },
  ],
  challenges: [
    {
      name: 'Trello: probe',
      source: 'https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/',
      secrets: [],
      request: {
        method: 'HEAD',
      },
      at: 1700000000,
      reply: {
        kind: 'probe',
        status: 200,
      },
    },
  ],
};
