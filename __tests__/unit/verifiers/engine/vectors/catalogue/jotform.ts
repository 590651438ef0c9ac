import type { ProviderFacts } from '../types';

export const JOTFORM: ProviderFacts = {
  provider: 'jotform',
  covers: ['none', false, null],
  idSigned: null,
  shows: ['query:token'],
  vectors: [
    {
      source: 'the rule of the documentation',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {},
        body: '{"x":1}',
        url: '/api/webhooks/key?token=a-signing-secret',
      },
      at: 1700000000,
      deliveryId: null,
      signature: 'query:token',
      signsBody: false,
      isToken: true,
    },
  ],
};
