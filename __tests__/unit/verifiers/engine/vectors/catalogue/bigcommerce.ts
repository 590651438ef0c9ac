import type { ProviderFacts } from '../types';

export const BIGCOMMERCE: ProviderFacts = {
  provider: 'bigcommerce',
  covers: ['whole', false, 300],
  idSigned: true,
  vectors: [
    {
      source:
        'https://developer.bigcommerce.com/docs/integrations/webhooks/https-webhook-overview#security, its rule; node:crypto, and the library standardwebhooks with the secret in base64, as the documentation calls it',
      secret: 'a-client-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'webhook-id': 'msg_b1',
          'webhook-timestamp': '1700000000',
          'webhook-signature': 'v1,vDdeMB5uqy4p7UTMmSnKfJvtYIuNA9Vlh2VhlQVMS+k=',
        },
        body: '{"created_at":1561482670,"store_id":"1001","producer":"stores/abc","scope":"store/cart/lineItem/*","hash":"fd2b5bb3","data":{"type":"cart_line_item","id":"64"}}',
      },
      at: 1700000000,
      deliveryId: 'msg_b1',
      signature: 'header:webhook-signature',
      isList: true,
      signed: ['header:webhook-id', 'header:webhook-timestamp'],
      tolerance: 300,
    },
  ],
};
