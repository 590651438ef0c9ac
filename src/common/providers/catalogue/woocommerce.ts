// Framework-free.

import type { Provider } from '../provider';
import { MAKE_UP_SECRET } from '../steps';

export const WOOCOMMERCE: Provider = {
  id: 'woocommerce',
  title: 'WooCommerce',
  event: {
    from: ['header:x-wc-webhook-topic'],
    names: [
      'order.created',
      'order.updated',
      'order.deleted',
      'product.created',
      'product.updated',
      'product.deleted',
      'customer.created',
      'customer.updated',
      'coupon.created',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-wc-webhook-signature',
      enc: 'base64',
    },
    content: '{body}',
    id: ['header:x-wc-webhook-delivery-id'],
    handshake: [
      {
        kind: 'ping',
        when: {
          method: 'POST',
          has: 'form:webhook_id',
        },
        auth: 'none',
        reply: {
          status: 200,
        },
      },
    ],
  },
  secretLabel: 'Webhook secret',
  setup: [
    'In WordPress open “WooCommerce”, “Settings”, “Advanced”, “Webhooks”, “Add webhook”.',
    'Paste this URL as “Delivery URL”, choose a topic, and set “Status” to “Active”.',
    MAKE_UP_SECRET,
    'Save there: WooCommerce sends a ping without a signature, which is answered and starts nothing.',
  ],
  example: {
    json: {
      id: 118,
      status: 'processing',
      total: '29.35',
      billing: {
        first_name: 'Zoë',
      },
    },
  },
  docs: 'https://developer.woocommerce.com/docs/apis/rest-api/v3/webhooks/',
};
