import type { ProviderFacts } from '../types';

export const WEBFLOW: ProviderFacts = {
  provider: 'webflow',
  covers: ['whole', false, 300],
  idSigned: true,
  vectors: [
    {
      source: 'https://developers.webflow.com/data/docs/working-with-webhooks; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-webflow-timestamp': '1700000000000',
          'x-webflow-signature': 'bf61bd71fca41b5d582b375673a1edb80f155e1fdeaaedd4bd99728b0966103a',
        },
        body: '{"triggerType":"form_submission","payload":{"name":"Contact","siteId":"65427cf4","id":"6321ca84"}}',
      },
      at: 1700000000,
      deliveryId: 'ec19d73612a94034da0793e9f966f1184c648ddab2618171462f711425c63dfc',
      signature: 'header:x-webflow-signature',
      signed: ['header:x-webflow-timestamp'],
      tolerance: 300,
    },
  ],
};
