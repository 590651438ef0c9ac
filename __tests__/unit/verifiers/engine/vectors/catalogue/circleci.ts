import type { ProviderFacts } from '../types';

export const CIRCLECI: ProviderFacts = {
  provider: 'circleci',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source: 'https://circleci.com/docs/guides/integration/outbound-webhooks/; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'circleci-signature': 'v1=e91967fd68acf39bb70d5d09def26c06aae5246b3bae815cfb623bd85807bd64',
        },
        body: '{"id":"3888f21b-eaa7-38e3-8f3d-75a63bba8895","type":"workflow-completed","happened_at":"2021-09-01T22:49:34.317Z","workflow":{"name":"build","status":"success"}}',
      },
      at: 1700000000,
      deliveryId: '3888f21b-eaa7-38e3-8f3d-75a63bba8895',
      signature: 'header:circleci-signature',
      isList: true,
    },
  ],
};
