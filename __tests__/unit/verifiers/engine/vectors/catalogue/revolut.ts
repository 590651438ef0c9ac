import type { ProviderFacts } from '../types';

export const REVOLUT: ProviderFacts = {
  provider: 'revolut',
  covers: ['whole', false, 300],
  idSigned: null,
  vectors: [
    {
      source: 'Python hmac, by the rule of the documentation',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'revolut-request-timestamp': '1700000000000',
          'revolut-signature': 'v1=78cf5824660769c27c08738b488e98c0cf5ed0296fa76a9574c1956690e468b8',
        },
        body: '{"event":"ORDER_COMPLETED","order_id":"9fc01989-3f61-4484-a5d9-ffe768531be9","merchant_order_ext_ref":"Test #3928"}',
      },
      at: 1700000000,
      deliveryId: null,
      signature: 'header:revolut-signature',
      isList: true,
      signed: ['header:revolut-request-timestamp'],
      tolerance: 300,
    },
  ],
};
