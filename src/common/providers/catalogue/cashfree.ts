// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL, SEND_TEST } from '../steps';

export const CASHFREE: Provider = {
  id: 'cashfree',
  title: 'Cashfree',
  event: {
    from: ['json:type'],
    names: [
      'PAYMENT_SUCCESS_WEBHOOK',
      'PAYMENT_FAILED_WEBHOOK',
      'PAYMENT_USER_DROPPED_WEBHOOK',
      'REFUND_STATUS_WEBHOOK',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-webhook-signature',
      enc: 'base64',
    },
    content: '{ts}{body}',
    id: ['fields:json:event_time,body'],
    ts: {
      from: 'header:x-webhook-timestamp',
      unit: 'ms',
      tol: 86400,
    },
  },
  secretLabel: 'Client secret',
  setup: [
    'At Cashfree open “Developers”, “Webhooks”.',
    PASTE_URL,
    'Copy the “Client secret”, paste it here, and save.',
    SEND_TEST,
  ],
  example: {
    json: {
      data: {
        order: { order_id: 'order_OFR_2', order_amount: 2, order_currency: 'INR', order_tags: null },
        payment: {
          cf_payment_id: '1453002795',
          payment_status: 'SUCCESS',
          payment_amount: 2,
          payment_currency: 'INR',
          payment_time: '2025-01-15T12:20:29+05:30',
        },
        customer_details: { customer_name: 'Example', customer_email: 'buyer@example.com' },
      },
      event_time: '2025-01-15T12:20:29+05:30',
      type: 'PAYMENT_SUCCESS_WEBHOOK',
    },
  },
  docs: 'https://www.cashfree.com/docs/payments/online/webhooks/signature-verification',
};
