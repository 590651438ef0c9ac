import type { ProviderFacts } from '../types';

export const FLUTTERWAVE: ProviderFacts = {
  provider: 'flutterwave',
  covers: ['none', false, null],
  idSigned: false,
  shows: ['header:verif-hash'],
  vectors: [
    {
      source: 'the rule of the documentation',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'verif-hash': 'a-signing-secret',
        },
        body: '{"event":"charge.completed","data":{"id":285959875,"tx_ref":"Links-616626414629","amount":100}}',
      },
      at: 1700000000,
      deliveryId: '285959875',
      signature: 'header:verif-hash',
      signsBody: false,
      isToken: true,
    },
  ],
};
