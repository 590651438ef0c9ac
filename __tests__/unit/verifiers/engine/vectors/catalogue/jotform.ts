import type { ProviderFacts } from '../types';

export const JOTFORM: ProviderFacts = {
  provider: 'jotform',
  covers: ['none', false, null],
  idSigned: null,
  shows: ['query:token'],
  vectors: [
    {
      source: 'https://www.jotform.com/help/245-how-to-setup-a-webhook-with-jotform/, its rule',
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
