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
      'store/cart/lineItem/created',
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
      store_id: '11111',
      producer: 'stores/abcde',
      scope: 'store/order/statusUpdated',
      data: { type: 'order', id: 173331 },
      hash: '3f9ea420af83450d7ef9f78b08c8af25b2213637',
      created_at: 1561481786,
    },
  },
  docs: 'https://developer.bigcommerce.com/docs/integrations/webhooks/https-webhook-overview#security',
};
