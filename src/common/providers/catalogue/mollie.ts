// Framework-free.

import type { Provider } from '../provider';
import { CHOOSE_EVENTS, PASTE_URL } from '../steps';

export const MOLLIE: Provider = {
  id: 'mollie',
  title: 'Mollie',
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-mollie-signature',
      prefix: 'sha256=',
    },
    content: '{body}',
    id: ['json:id'],
  },
  secretLabel: 'Signing secret',
  setup: [
    'At Mollie open “Developers”, “Webhooks”.',
    PASTE_URL,
    CHOOSE_EVENTS,
    'Copy the “Signing secret”, paste it here, and save.',
  ],
  example: {
    json: {
      resource: 'event',
      id: 'event_GvJ8WHrp5isUdRub9CJyH',
      type: 'payment-link.paid',
      entityId: 'pl_qng5gbbv8NAZ5gpM5ZYgx',
    },
  },
  docs: 'https://docs.mollie.com/reference/webhooks-best-practices',
};
