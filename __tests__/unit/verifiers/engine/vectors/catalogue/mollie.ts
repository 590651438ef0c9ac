import type { ProviderFacts } from '../types';

export const MOLLIE: ProviderFacts = {
  provider: 'mollie',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source: 'Python hmac, by the rule of the documentation',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-mollie-signature': 'sha256=e2550c7f9150250542536a6f7f206446e41fa7d1715d5b5d86ecc102a0e4ab98',
        },
        body: '{"resource":"event","id":"event_GvJ8WHrp5isUdRub9CJyH","type":"payment-link.paid","entityId":"pl_qng5gbbv8NAZ5gpM5ZYgx"}',
      },
      at: 1700000000,
      deliveryId: 'event_GvJ8WHrp5isUdRub9CJyH',
      signature: 'header:x-mollie-signature',
    },
  ],
};
