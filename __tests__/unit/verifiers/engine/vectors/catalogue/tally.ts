import type { ProviderFacts } from '../types';

export const TALLY: ProviderFacts = {
  provider: 'tally',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source: 'https://tally.so/help/webhooks; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'tally-signature': 'xv7albxzIlqMi/gBSp5Yfr5BQ+kgfWNuvtdNfBmnG+c=',
        },
        body: '{"eventId":"a4cb511e-d513-4fa5-baee-b815d718dfd1","eventType":"FORM_RESPONSE","data":{"responseId":"2wgx4n","formName":"Contact"}}',
      },
      at: 1700000000,
      deliveryId: 'a4cb511e-d513-4fa5-baee-b815d718dfd1',
      signature: 'header:tally-signature',
    },
  ],
};
