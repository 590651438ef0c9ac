// Framework-free.

import type { Provider } from '../provider';
import { ONLY_HTTPS, PASTE_URL } from '../steps';

export const XENDIT: Provider = {
  id: 'xendit',
  title: 'Xendit',
  // Of payments and payouts, of an invoice.
  event: {
    from: ['json:event', 'json:status'],
    names: ['payment.succeeded', 'payment.failed', 'payout.succeeded', 'payout.failed', 'PAID', 'EXPIRED'],
  },
  scheme: {
    kind: 'token',
    sig: {
      from: 'header:x-callback-token',
    },
    id: ['header:webhook-id'],
  },
  secretLabel: 'Token',
  setup: [
    'At Xendit open “Settings”, “Webhooks”.',
    PASTE_URL,
    'Copy the “Webhook verification token”, paste it here, and save.',
    ONLY_HTTPS,
  ],
  example: {
    json: {
      id: '579c8d61f23fa4ca35e52da4',
      external_id: 'invoice_123',
      user_id: '5781d19b2e2385880609791c',
      status: 'PAID',
      merchant_name: 'Example',
      amount: 50000,
      paid_amount: 50000,
      currency: 'IDR',
      payer_email: 'buyer@example.com',
      description: 'An order',
      payment_method: 'BANK_TRANSFER',
      payment_channel: 'PERMATA',
      paid_at: '2023-11-14T22:13:20.000Z',
      created: '2023-11-14T22:00:00.000Z',
      updated: '2023-11-14T22:13:20.000Z',
    },
  },
  docs: 'https://docs.xendit.co/docs/handling-webhooks',
};
