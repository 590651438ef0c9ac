import type { ProviderFacts } from '../types';

const COMMON = {
  source: 'https://docs.midtrans.com/reference/notification-payload-1; computed with Python hashlib',
  secret: 'IRIS-merchant-key',
  otherSecret: 'another-secret',
  at: 1_700_000_000,
  signature: 'header:iris-signature',
};

export const MIDTRANS_PAYOUTS: ProviderFacts = {
  provider: 'midtrans-payouts',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      ...COMMON,
      request: {
        headers: {
          'iris-signature':
            '6d792e9ad8f7758a5201ec57c05a70769364d17d14fe7cde2c9f3cb59094ac56acc6a232b4c8ba5f5b4a2b8261a483991e01fa52350c1f12f67ce47365cdede9',
        },
        body: '{"reference_no":"10014","amount":"20000.00","status":"completed","updated_at":"2023-11-14T22:13:20Z"}',
      },
      deliveryId: '10014 completed 2023-11-14T22:13:20Z',
    },
    {
      ...COMMON,
      request: {
        headers: {
          'iris-signature':
            'bc98a91be52203fc7e30da6f1b1a4a9ccfc5103d6adb4763893efc5abf85c2f54c1758d3912b4230bb985238b33bf0bdd8dd6f163d4de4136207b882ccda045e',
        },
        body: '{"transaction_id":"7a1c","order_id":"topup-42","gross_amount":"500000.00","status":"topup","transaction_time":"2023-11-14T22:13:20Z"}',
      },
      deliveryId: '7a1c topup',
    },
  ],
};
