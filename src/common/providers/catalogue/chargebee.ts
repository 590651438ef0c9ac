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
      source: 'admin_console',
      user: 'user@example.com',
      object: 'event',
      api_version: 'v2',
      content: {
        subscription: {
          id: '16BHbhF4s42tO2lJ',
          customer_id: '16CRpYTwv1YYb63b',
          status: 'active',
          billing_period: 1,
          billing_period_unit: 'month',
          currency_code: 'USD',
          created_at: 1628061000,
          object: 'subscription',
        },
      },
      event_type: 'subscription_created',
      webhook_status: 'scheduled',
    },
  },
  docs: 'https://www.chargebee.com/docs/2.0/webhook_settings.html',
};
