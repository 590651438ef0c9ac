// Framework-free.

import type { Provider } from '../provider';
import { VIA_API } from '../steps';

export const BIGCOMMERCE: Provider = {
  id: 'bigcommerce',
  title: 'BigCommerce',
  scheme: {
    kind: 'token',
    sig: {
      from: 'header:x-webhook-token',
    },
    id: ['json:hash'],
  },
  secretLabel: 'Token',
  setup: [
    VIA_API,
    'Give the webhook a header of its own, x-webhook-token, with a long random token, and enter that here.',
    'Only https keeps what is sent from being seen: rely on nothing that you can’t look up.',
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
  docs: 'https://developer.bigcommerce.com/docs/integrations/webhooks',
};
