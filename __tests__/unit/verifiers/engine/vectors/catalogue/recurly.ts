import type { ProviderFacts } from '../types';

export const RECURLY: ProviderFacts = {
  provider: 'recurly',
  covers: ['whole', false, 300],
  idSigned: false,
  vectors: [
    {
      source: 'https://docs.recurly.com/recurly-subscriptions/docs/signature-verification; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'recurly-notification-id': 'n1',
          'recurly-signature':
            '1700000000000,b63305fe53f1ddb53c97ab24fa6d36656ee806410692519022985a98ae6b4814,31e10225927bf3f9b4ae8da0974146e070b00c1e9a54bc3f7caf605d87482e05',
        },
        body: '{"id":"evt1","object_type":"account","event_type":"created","account_code":"a1"}',
      },
      at: 1700000000,
      deliveryId: 'n1',
      signature: 'header:recurly-signature',
      isList: true,
      tolerance: 300,
    },
  ],
};
