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
        order: {
          order_id: 'order_1',
          order_amount: 2.0,
        },
        payment: {
          cf_payment_id: 1453002795,
        },
      },
      type: 'PAYMENT_SUCCESS_WEBHOOK',
    },
  },
  docs: 'https://www.cashfree.com/docs/payments/online/webhooks/signature-verification',
};
