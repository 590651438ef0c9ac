import type { ProviderFacts } from '../types';

export const GOCARDLESS: ProviderFacts = {
  provider: 'gocardless',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source:
        'https://developer.gocardless.com/getting-started/staying-up-to-date-with-webhooks; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'webhook-signature': '96a81b53e9a049e44a7afeb5e54fdfb297766908363933a99400bdb1a1ea4d38',
        },
        body: '{"events":[{"id":"EV00BD05S5VM2T","resource_type":"mandates","action":"created"}],"meta":{"webhook_id":"WB0001"}}',
      },
      at: 1700000000,
      deliveryId: 'WB0001',
      signature: 'header:webhook-signature',
    },
  ],
};
