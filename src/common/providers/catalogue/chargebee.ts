// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const CHARGEBEE: Provider = {
  id: 'chargebee',
  title: 'Chargebee',
  event: {
    from: ['json:event_type'],
    names: [
      'customer_created',
      'subscription_created',
      'subscription_changed',
      'subscription_cancelled',
      'subscription_renewed',
      'invoice_generated',
      'payment_succeeded',
      'payment_failed',
    ],
  },
  scheme: null,
  basic: true,
  secretLabel: 'Password',
  options: [
    {
      name: 'username',
      label: 'User name',
    },
  ],
  setup: [
    'At Chargebee open “Settings”, “Configure Chargebee”, “Webhooks”.',
    PASTE_URL,
    'Make up a user name and a long random password, and enter both there and here.',
  ],
  example: {
    json: {
      id: 'ev_16BHbhF4s42tO2lK',
      occurred_at: 1628061000,
      event_type: 'subscription_created',
      content: {
        subscription: {
          id: '16BHbhF4s42tO2lJ',
        },
      },
    },
  },
  docs: 'https://www.chargebee.com/docs/2.0/webhook_settings.html',
};
