// Framework-free.

import type { Provider } from '../provider';
import { CHOOSE_EVENTS, MAKE_UP_SECRET, PASTE_URL } from '../steps';

export const RAZORPAY: Provider = {
  id: 'razorpay',
  title: 'Razorpay',
  event: {
    from: ['json:event'],
    names: [
      'payment.authorized',
      'payment.captured',
      'payment.failed',
      'order.paid',
      'invoice.paid',
      'refund.created',
      'refund.processed',
      'subscription.activated',
      'subscription.charged',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-razorpay-signature',
    },
    content: '{body}',
    id: ['header:x-razorpay-event-id'],
  },
  secretLabel: 'Signing secret',
  setup: ['At Razorpay open “Account & Settings”, “Webhooks”.', PASTE_URL, MAKE_UP_SECRET, CHOOSE_EVENTS],
  example: {
    json: {
      entity: 'event',
      event: 'payment.captured',
      payload: {
        payment: {
          entity: {
            id: 'pay_1',
            amount: 50000,
          },
        },
      },
    },
  },
  docs: 'https://razorpay.com/docs/webhooks/validate-test/',
};
