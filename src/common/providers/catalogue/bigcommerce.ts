// Framework-free.

import type { Provider } from '../provider';
import { VIA_API } from '../steps';

export const BIGCOMMERCE: Provider = {
  id: 'bigcommerce',
  title: 'BigCommerce',
  event: {
    from: ['json:scope'],
    names: [
      'store/order/created',
      'store/order/updated',
      'store/order/statusUpdated',
      'store/product/created',
      'store/product/updated',
      'store/customer/created',
      'store/cart/created',
      'store/cart/lineItem/*',
    ],
  },
  // Standard Webhooks, but for the key: its documentation encodes the client secret in base64 for the library, which
  // decodes it again, so that the secret as it stands is the key.
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:webhook-signature',
      split: ' ',
      prefix: 'v1,',
      enc: 'base64',
    },
    ts: {
      from: 'header:webhook-timestamp',
      tol: 300,
    },
    content: '{header:webhook-id}.{ts}.{body}',
    id: ['header:webhook-id'],
  },
  secretLabel: 'Client secret',
  setup: [
    VIA_API,
    'Copy the “Client secret” of the API account or app that makes the webhook, paste it here, and save.',
  ],
  example: {
    json: {
      created_at: 1561482670,
      store_id: '1001',
      producer: 'stores/abc',
      scope: 'store/cart/lineItem/*',
      hash: 'fd2b5bb3',
      data: {
        type: 'cart_line_item',
        id: '64',
      },
    },
  },
  docs: 'https://developer.bigcommerce.com/docs/integrations/webhooks/https-webhook-overview#security',
};
