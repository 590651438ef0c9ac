import type { ProviderFacts } from '../types';

export const WEBFLOW: ProviderFacts = {
  provider: 'webflow',
  covers: ['whole', false, 300],
  idSigned: true,
  vectors: [
    {
      source: 'Python hmac, by the rule of the documentation',
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
      deliveryId: '6321ca84',
      signature: 'header:x-webflow-signature',
      signed: ['header:x-webflow-timestamp'],
      tolerance: 300,
    },
  ],
};
