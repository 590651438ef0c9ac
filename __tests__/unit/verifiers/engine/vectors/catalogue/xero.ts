import type { ProviderFacts } from '../types';

export const XERO: ProviderFacts = {
  provider: 'xero',
  covers: ['whole', false, null],
  idSigned: null,
  vectors: [
    {
      source: 'Python hmac, by the rule of the documentation',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-xero-signature': 'aBGNh1YhvuLXIEjOE4mnymD2Og2IUAYp4OFHEFXrIl8=',
        },
        body: '{"events":[{"resourceId":"717f2bfc-c6d4-41fd-b238-3f2f0c0cf777","eventCategory":"INVOICE","eventType":"UPDATE","tenantId":"c2cc9b6e-9458-4c7d-93cc-f02b81b0594f"}],"firstEventSequence":1,"lastEventSequence":1,"entropy":"S0m3r4Nd0mt3xt"}',
      },
      at: 1700000000,
      deliveryId: null,
      signature: 'header:x-xero-signature',
    },
  ],
  challenges: [
    {
      name: 'Xero: intent to receive',
      source: 'the rule of the documentation',
      secrets: ['a-signing-secret'],
      request: {
        headers: {
          'x-xero-signature': 'cni688XSidGSW84KUBDuDNb9vvC00X/KJJRMoHHzTn0=',
        },
        body: '{"events":[],"firstEventSequence":0,"lastEventSequence":0,"entropy":"S0m3r4Nd0mt3xt"}',
      },
      at: 1700000000,
      reply: {
        kind: 'intent to receive',
        status: 200,
      },
      broken: {
        headers: {
          'x-xero-signature': 'W07VK5tT0JUhD9Ps7uBfNsSi8v+niV/jRtZxzpYPxhg=',
        },
        body: '{"events":[],"firstEventSequence":0,"lastEventSequence":0,"entropy":"S0m3r4Nd0mt3xt"}',
      },
    },
  ],
};
