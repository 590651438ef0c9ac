// Framework-free.

import type { Provider } from '../provider';
import { CHOOSE_EVENTS, PASTE_URL } from '../steps';

export const MOLLIE: Provider = {
  id: 'mollie',
  title: 'Mollie',
  event: {
    from: ['json:type'],
    names: [
      'payment-link.paid',
      'sales-invoice.created',
      'sales-invoice.issued',
      'sales-invoice.canceled',
      'sales-invoice.paid',
      'balance-transaction.created',
      'profile.created',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-mollie-signature',
      // While a secret is changed, the header is there twice.
      split: ',',
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
    'Know that classic webhooks, which send only id=tr_… as a form, are not signed and are refused here: for those choose “Token”, with a token in the URL, and ask Mollie for the payment.',
  ],
  example: {
    json: {
      resource: 'event',
      id: 'event_GvJ8WHrp5isUdRub9CJyH',
      type: 'payment-link.paid',
      entityId: 'pl_4Y0eZitmBnQ6IDoMqZQKh',
      createdAt: '2024-12-16T15:57:04+00:00',
      _embedded: {
        entity: {
          resource: 'payment-link',
          id: 'pl_4Y0eZitmBnQ6IDoMqZQKh',
          mode: 'live',
          description: 'Bicycle tires',
          amount: { currency: 'EUR', value: '24.95' },
          paidAt: '2022-03-20T09:29:56+00:00',
        },
      },
    },
  },
  docs: 'https://docs.mollie.com/reference/webhooks-best-practices',
};
