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
      number: '118',
      order_key: 'wc_order_58d2d042d1d',
      status: 'processing',
      currency: 'USD',
      date_created: '2017-03-22T16:28:02',
      date_modified: '2017-03-22T16:28:08',
      total: '29.35',
      total_tax: '1.35',
      customer_id: 0,
      payment_method: 'bacs',
      payment_method_title: 'Direct Bank Transfer',
      transaction_id: '',
      billing: {
        first_name: 'Zoë',
        last_name: 'Example',
        email: 'zoe@example.com',
        phone: '',
        address_1: '',
        city: 'San Francisco',
        postcode: '94103',
        country: 'US',
      },
      line_items: [{ id: 315, name: 'Woo Single #1', product_id: 93, quantity: 2, sku: '', price: 3, total: '6.00' }],
    },
  },
  docs: 'https://developer.woocommerce.com/docs/apis/rest-api/v3/webhooks/',
};
