import type { ProviderFacts } from '../types';

export const CASHFREE: ProviderFacts = {
  provider: 'cashfree',
  covers: ['whole', false, 86400],
  idSigned: true,
  vectors: [
    {
      source:
        'https://www.cashfree.com/docs/payments/online/webhooks/signature-verification; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-webhook-timestamp': '1700000000000',
          'x-webhook-signature': 'nUsaGMVjT2TryQmMOhAql9jkWGeD/hUAhyAzpJIpNVw=',
        },
        body: '{"data":{"order":{"order_id":"order_1","order_amount":2.0},"payment":{"cf_payment_id":1453002795}},"type":"PAYMENT_SUCCESS_WEBHOOK"}',
      },
      at: 1700000000,
      deliveryId: '66153a7ec1e778e2499df4561715f7c146b3538defcdaa6d97ec70b91f2deaf9',
      signature: 'header:x-webhook-signature',
      signed: ['header:x-webhook-timestamp'],
      tolerance: 86400,
    },
  ],
};
