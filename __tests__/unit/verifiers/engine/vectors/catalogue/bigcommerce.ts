import type { ProviderFacts } from '../types';

export const BIGCOMMERCE: ProviderFacts = {
  provider: 'bigcommerce',
  covers: ['none', false, null],
  idSigned: false,
  shows: ['header:x-webhook-token'],
  vectors: [
    {
      source: 'the rule of the documentation',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-webhook-token': 'a-signing-secret',
        },
        body: '{"created_at":1561482670,"store_id":"1001","producer":"stores/abc","scope":"store/cart/lineItem/*","hash":"fd2b5bb3","data":{"type":"cart_line_item","id":"64"}}',
      },
      at: 1700000000,
      deliveryId: 'fd2b5bb3',
      signature: 'header:x-webhook-token',
      signsBody: false,
      isToken: true,
    },
  ],
};
