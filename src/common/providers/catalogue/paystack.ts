// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const PAYSTACK: Provider = {
  id: 'paystack',
  title: 'Paystack',
  event: {
    from: ['json:event'],
    names: [
      'charge.success',
      'charge.dispute.create',
      'transfer.success',
      'transfer.failed',
      'transfer.reversed',
      'refund.processed',
      'subscription.create',
      'subscription.disable',
      'invoice.create',
      'invoice.payment_failed',
    ],
  },
  scheme: {
    kind: 'hmac',
    alg: 'sha512',
    sig: {
      from: 'header:x-paystack-signature',
    },
    content: '{body}',
    // Reminders of one dispute can be the same to the byte: only what happens once is known by the body.
    id: [
      'fields:json:data.paid_at,body',
      'fields:json:data.transfer_code,body',
      'fields:json:data.refund_reference,body',
    ],
  },
  secretLabel: 'Signing key',
  setup: [
    'At Paystack open “Settings”, “API Keys & Webhooks”.',
    PASTE_URL,
    'Copy the “Secret Key”, paste it here, and save.',
  ],
  example: {
    json: {
      event: 'charge.success',
      data: {
        id: 302961,
        status: 'success',
        reference: 'qTPrJoy9Bx',
        amount: 10000,
        currency: 'NGN',
        channel: 'card',
        paid_at: '2016-09-30T21:10:19.000Z',
        customer: { email: 'buyer@example.com', customer_code: 'CUS_hdhye17yj8qd2tx' },
      },
    },
  },
  docs: 'https://paystack.com/docs/payments/webhooks/',
};
