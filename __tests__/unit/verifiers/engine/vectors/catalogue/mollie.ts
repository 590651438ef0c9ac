import type { ProviderFacts } from '../types';

export const MOLLIE: ProviderFacts = {
  provider: 'mollie',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source: 'https://docs.mollie.com/reference/webhooks-best-practices; computed with Python hmac',
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
      isList: true,
    },
    {
      source:
        'https://docs.mollie.com/reference/webhooks-best-practices, its rule; Python hmac: the header twice, as for a day after the secret was changed',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-mollie-signature':
            'sha256=0000000000000000000000000000000000000000000000000000000000000000, sha256=e2550c7f9150250542536a6f7f206446e41fa7d1715d5b5d86ecc102a0e4ab98',
        },
        body: '{"resource":"event","id":"event_GvJ8WHrp5isUdRub9CJyH","type":"payment-link.paid","entityId":"pl_qng5gbbv8NAZ5gpM5ZYgx"}',
      },
      at: 1700000000,
      deliveryId: 'event_GvJ8WHrp5isUdRub9CJyH',
      signature: 'header:x-mollie-signature',
      isList: true,
    },
  ],
};
