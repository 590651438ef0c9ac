import type { ProviderFacts } from '../types';

export const LINE: ProviderFacts = {
  provider: 'line',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source: 'Python hmac, by the rule of the documentation',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-line-signature': '2ahjMxaxU41f7EDV4U5qMVaPcH9fCEbEuCHLPqGjp6U=',
        },
        body: '{"destination":"U1","events":[{"type":"message","webhookEventId":"01FZ74A0TDDPYRVKNK77XKC3ZR","message":{"type":"text","text":"Hi"}}]}',
      },
      at: 1700000000,
      deliveryId: '01FZ74A0TDDPYRVKNK77XKC3ZR',
      signature: 'header:x-line-signature',
    },
  ],
};
