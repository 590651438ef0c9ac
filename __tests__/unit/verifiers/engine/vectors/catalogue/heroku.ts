import type { ProviderFacts } from '../types';

export const HEROKU: ProviderFacts = {
  provider: 'heroku',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source: 'https://devcenter.heroku.com/articles/app-webhooks; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'heroku-webhook-hmac-sha256': '9a/KkhaOObPN5qaIeYiqIzhCAiuxryvAa826azRQ8Mw=',
        },
        body: '{"id":"1f7a0c1d-3a1b-4c5d-9e2f-111111111111","action":"create","resource":"release","data":{"version":5}}',
      },
      at: 1700000000,
      deliveryId: '1f7a0c1d-3a1b-4c5d-9e2f-111111111111',
      signature: 'header:heroku-webhook-hmac-sha256',
    },
  ],
};
