import type { ProviderFacts } from '../types';

export const DOCUSIGN: ProviderFacts = {
  provider: 'docusign',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source: 'https://developers.docusign.com/platform/webhooks/connect/validate/; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-docusign-signature-1': 'qwN2CoX054d9d1mdAVlzXfk2B+Q6UyBqFghQTciOLdc=',
          'x-docusign-signature-2': 'c/2OFowCuaMY7WQYdX/1dUOX/KefFjb+j8yPAwahTgs=',
        },
        body: '{"event":"envelope-completed","retryCount":0,"configurationId":10162915,"data":{"envelopeId":"6a1d","accountId":"1703061c"},"generatedDateTime":"2022-08-01T19:26:31.2590000Z"}',
      },
      at: 1700000000,
      deliveryId: '6a1d envelope-completed 2022-08-01T19:26:31.2590000Z',
      signature: 'header:x-docusign-signature-2',
    },
  ],
};
