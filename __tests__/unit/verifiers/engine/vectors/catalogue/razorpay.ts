import type { ProviderFacts } from '../types';

export const RAZORPAY: ProviderFacts = {
  provider: 'razorpay',
  covers: ['whole', false, null],
  idSigned: false,
  vectors: [
    {
      source: 'https://razorpay.com/docs/webhooks/validate-test/; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-razorpay-event-id': 'ev1',
          'x-razorpay-signature': '1e2da034422fa367075a0f9e6fbd7874c25a440aba98789dd2de51ed644fed17',
        },
        body: '{"entity":"event","event":"payment.captured","payload":{"payment":{"entity":{"id":"pay_1","amount":50000}}}}',
      },
      at: 1700000000,
      deliveryId: 'ev1',
      signature: 'header:x-razorpay-signature',
    },
  ],
};
