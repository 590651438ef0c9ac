import type { ProviderFacts } from '../types';

export const LINE: ProviderFacts = {
  provider: 'line',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source: 'https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/; computed with Python hmac',
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
  challenges: [
    {
      name: 'LINE: verify',
      source: 'https://developers.line.biz/en/reference/messaging-api/#request-body; Python hmac',
      secrets: ['a-signing-secret'],
      request: {
        headers: { 'x-line-signature': '/ZGH3Dki7bcbb707Elz2SHBjY1QWfpdnL2C5cuCd1HA=' },
        body: '{"destination":"xxxxxxxxxx","events":[]}',
      },
      at: 1700000000,
      reply: { kind: 'verify', status: 200 },
      broken: { headers: {}, body: '{"destination":"xxxxxxxxxx","events":[]}' },
    },
  ],
};
