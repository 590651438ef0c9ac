import type { ProviderFacts } from '../types';

export const MERCADO_PAGO: ProviderFacts = {
  provider: 'mercado-pago',
  covers: ['none', false, 86400],
  idSigned: true,
  vectors: [
    {
      source:
        'https://www.mercadopago.com/developers/en/docs/your-integrations/notifications/webhooks; computed with Python hmac',
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
      deliveryId: 'bb56a2f1',
      signature: 'header:x-signature',
      signsBody: false,
      isList: true,
      signed: ['header:x-request-id', 'query:data.id'],
      tolerance: 86400,
    },
    {
      source:
        'https://www.mercadopago.com/developers/en/docs/your-integrations/notifications/webhooks, its rule; Python hmac: an id with letters, and the time in seconds as the documentation shows it',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-request-id': 'bb56a2f1',
          'x-signature': 'ts=1700000000,v1=2dba52182c85a90d035f6855257ed1e0a03fee1114c5432bef8d1dd034551c28',
        },
        body: '{"action":"order.processed","data":{"id":"ORD01JQ4S4KY8HWQ6NA5PXB65B3D3"},"type":"order"}',
        url: '/api/webhooks/key?data.id=ORD01JQ4S4KY8HWQ6NA5PXB65B3D3&type=order',
      },
      at: 1700000000,
      deliveryId: 'bb56a2f1',
      signature: 'header:x-signature',
      signsBody: false,
      isList: true,
      signed: ['header:x-request-id', 'query:data.id'],
      tolerance: 86400,
    },
    {
      source:
        'https://www.mercadopago.com/developers/en/docs/your-integrations/notifications/webhooks, its rule; Python hmac: without data.id, which is left out then, as the documentation says',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-request-id': 'bb56a2f1',
          'x-signature': 'ts=1700000000,v1=cd9871e998824fc977ad97c667b75eea70cb78e92f8608126a4f8088753862ff',
        },
        body: '{"resource":"132646402927","topic":"payment"}',
        url: '/api/webhooks/key?id=132646402927&topic=payment',
      },
      at: 1700000000,
      deliveryId: 'bb56a2f1',
      signature: 'header:x-signature',
      signsBody: false,
      isList: true,
      signed: ['header:x-request-id'],
      tolerance: 86400,
    },
    {
      source:
        'https://www.mercadopago.com/developers/en/docs/your-integrations/notifications/webhooks, its rule; Python hmac: without a request id',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-signature': 'ts=1700000000,v1=92a874ad6c8675c58d5d3980a508b9437a868862bd7801f3bbef294e54a80adc',
        },
        body: '{"resource":"132646402927","topic":"payment"}',
        url: '/api/webhooks/key?data.id=123456&type=payment',
      },
      at: 1700000000,
      deliveryId: 'e8fe308c2528e26fdf133d19e05c4465d57412fe8948d6c32098684a1301bc9e',
      signature: 'header:x-signature',
      signsBody: false,
      isList: true,
      signed: ['query:data.id'],
      tolerance: 86400,
    },
  ],
};
