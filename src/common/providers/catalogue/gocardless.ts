// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const GOCARDLESS: Provider = {
  id: 'gocardless',
  title: 'GoCardless',
  event: {
    from: ['json:events[].action'],
    names: ['created', 'submitted', 'active', 'confirmed', 'paid_out', 'failed', 'cancelled', 'expired'],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:webhook-signature',
    },
    content: '{body}',
    id: ['json:meta.webhook_id'],
  },
  secretLabel: 'Signing secret',
  setup: [
    'At GoCardless open “Developers”, “Create”, “Webhook endpoint”.',
    PASTE_URL,
    'Copy the “Secret”, paste it here, and save.',
  ],
  example: {
    json: {
      events: [
        {
          id: 'EV00BD05S5VM2T',
          resource_type: 'mandates',
          action: 'created',
        },
      ],
      meta: {
        webhook_id: 'WB0001',
      },
    },
  },
  docs: 'https://developer.gocardless.com/getting-started/staying-up-to-date-with-webhooks',
};
