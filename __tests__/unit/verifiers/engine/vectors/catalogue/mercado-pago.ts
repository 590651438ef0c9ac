import type { ProviderFacts } from '../types';

export const MERCADO_PAGO: ProviderFacts = {
  provider: 'mercado-pago',
  covers: ['none', false, 86400],
  idSigned: true,
  vectors: [
    {
      source: 'Python hmac, by the rule of the documentation',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-request-id': 'bb56a2f1',
          'x-signature': 'ts=1700000000000,v1=82539ffe6de477a601fa4bd08624ba6dd1e855b74aa6f01ac0ef5ca25bd5b023',
        },
        body: '{"action":"payment.updated","api_version":"v1","data":{"id":"123456"},"id":"112233","type":"payment"}',
        url: '/api/webhooks/key?data.id=123456&type=payment',
      },
      at: 1700000000,
      deliveryId: '123456 bb56a2f1',
      signature: 'header:x-signature',
      signsBody: false,
      isList: true,
      signed: ['header:x-request-id', 'query:data.id'],
      tolerance: 86400,
    },
  ],
};
