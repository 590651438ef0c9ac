import type { ProviderFacts } from '../types';

export const KLARNA_NETWORK: ProviderFacts = {
  provider: 'klarna-network',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source:
        'https://docs.klarna.com/acquirer/klarna-network/setup-your-integration/connection-configuration/setup-your-webhooks/, its rule; Python hmac, by the rule of the documentation; in hex, as https://github.com/krokedil/klarna-express-checkout has it (src/Api/Controllers/Notifications.php)',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'klarna-signing-key-id': 'krn:partner:global:notification:signing-key:49bcd37b-79a7-4e6e-b067-2903b45fef42',
          'klarna-signature': '69c474bd3c103d7d952ba22e9f6654f7849794851944d86ad6dfbf63bb57e1eb',
        },
        body: '{"metadata":{"event_type":"payment.request.state-change.authorized","event_id":"d9f9b1a0-5b1a-4b0e-9b0a-9e9b1a0d5b1a","event_version":"v2","occurred_at":"2025-02-28T12:00:00Z"},"payload":{"state":"AUTHORIZED"}}',
      },
      at: 1700000000,
      deliveryId: 'd9f9b1a0-5b1a-4b0e-9b0a-9e9b1a0d5b1a',
      signature: 'header:klarna-signature',
    },
  ],
};
