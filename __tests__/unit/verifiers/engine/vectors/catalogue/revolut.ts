import type { ProviderFacts } from '../types';

export const REVOLUT: ProviderFacts = {
  provider: 'revolut',
  covers: ['whole', false, 300],
  idSigned: true,
  vectors: [
    {
      source:
        'https://developer.revolut.com/docs/guides/merchant/monitor-and-observe/webhooks/verify-the-payload-signature; computed with Python hmac',
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
      deliveryId: '31877cb006a52f874283b4ad564109f07d054618246c9aa7a60169c82970284a',
      signature: 'header:revolut-signature',
      isList: true,
      signed: ['header:revolut-request-timestamp'],
      tolerance: 300,
    },
  ],
};
