import type { ProviderFacts } from '../types';

export const PAYSTACK: ProviderFacts = {
  provider: 'paystack',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source: 'https://paystack.com/docs/payments/webhooks/; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-paystack-signature':
            '59506bee0a2d38b5cae0600cf29ea85c5bfbebcfb96e1cdfff55d52d23f5719833c74b62d8480f1fed5e0ada81ea4528d50c1cfc35af4bdb22026bfebdfe0826',
        },
        body: '{"event":"charge.success","data":{"id":302961,"reference":"qTPrJoy9Bx","amount":10000}}',
      },
      at: 1700000000,
      deliveryId: null,
      signature: 'header:x-paystack-signature',
    },
  ],
};
