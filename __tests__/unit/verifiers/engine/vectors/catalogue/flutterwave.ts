import type { ProviderFacts } from '../types';

export const FLUTTERWAVE: ProviderFacts = {
  provider: 'flutterwave',
  covers: ['none', false, null],
  idSigned: false,
  shows: ['header:verif-hash'],
  vectors: [
    {
      source: 'https://developer.flutterwave.com/v3.0/docs/webhooks, its rule',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'verif-hash': 'a-signing-secret',
        },
        body: '{"event":"charge.completed","data":{"id":285959875,"tx_ref":"Links-616626414629","amount":100,"status":"successful"}}',
      },
      at: 1700000000,
      deliveryId: 'charge.completed 285959875 successful',
      signature: 'header:verif-hash',
      signsBody: false,
      isToken: true,
    },
  ],
};
