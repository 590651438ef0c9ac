// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const KLARNA_NETWORK: Provider = {
  id: 'klarna-network',
  title: 'Klarna Network',
  event: {
    from: ['json:metadata.event_type'],
    names: [
      'payment.request.state-change.submitted',
      'payment.request.state-change.authorized',
      'payment.request.state-change.declined',
      'payment.request.state-change.canceled',
      'payment.request.state-change.expired',
      'payment.dispute.state-change.initiated',
    ],
  },
  scheme: {
    kind: 'hmac',
    // In hex, as krokedil/klarna-express-checkout has it (src/Api/Controllers/Notifications.php), a part of Klarna's own
    // plug-in for WooCommerce.
    sig: { from: 'header:klarna-signature' },
    content: '{body}',
    id: ['json:metadata.event_id'],
  },
  secretLabel: 'Signing key',
  setup: [
    'In the Klarna Partner Portal open “Webhooks”, make a signing key, paste it here, and save: it is shown once.',
    'Add a webhook there with this key.',
    PASTE_URL,
    'Calls without the header klarna-signature are of Klarna’s older products: choose plain “Klarna” for them.',
  ],
  example: {
    json: {
      metadata: {
        event_type: 'payment.request.state-change.authorized',
        event_id: 'd9f9b1a0-5b1a-4b0e-9b0a-9e9b1a0d5b1a',
        event_version: 'v2',
        occurred_at: '2025-02-28T12:00:00Z',
        webhook_id: 'krn:partner:global:notification:webhook:120e5b7e-dee8-43ca-9858-dca726e639b5',
      },
      payload: {
        payment_request_id: 'krn:payment:eu1:request:bebeabea-5651-67a4-a843-106cc3c9616a',
        state: 'AUTHORIZED',
      },
    },
  },
  docs: 'https://docs.klarna.com/acquirer/klarna-network/setup-your-integration/connection-configuration/setup-your-webhooks/',
};
