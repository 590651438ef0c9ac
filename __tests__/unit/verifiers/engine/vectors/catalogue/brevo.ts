import type { ProviderFacts } from '../types';

export const BREVO: ProviderFacts = {
  provider: 'brevo',
  covers: ['none', false, null],
  idSigned: null,
  shows: ['header:authorization'],
  vectors: [
    {
      source: 'https://developers.brevo.com/docs/secured-webhooks, its rule',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          authorization: 'Bearer a-signing-secret',
        },
        body: '{"event":"delivered","email":"a@example.com","id":26224,"message-id":"<xxx@msgid.domain>","ts_event":1604933654}',
      },
      at: 1700000000,
      deliveryId: null,
      signature: 'header:authorization',
      signsBody: false,
      isToken: true,
    },
  ],
};
