import type { ProviderFacts } from '../types';

export const COINBASE_COMMERCE: ProviderFacts = {
  provider: 'coinbase-commerce',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source: 'https://docs.cdp.coinbase.com/commerce/api-arcitecture/webhooks-security; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-cc-webhook-signature': '77476e0edad767ff14e18dda4a44d827fd39f79c090036c7d2c4e20b6bbd0e7c',
        },
        body: '{"id":1,"event":{"id":"24934862-d980-46cb-9402-43c81b0cdba6","type":"charge:confirmed"}}',
      },
      at: 1700000000,
      deliveryId: '24934862-d980-46cb-9402-43c81b0cdba6',
      signature: 'header:x-cc-webhook-signature',
    },
  ],
};
