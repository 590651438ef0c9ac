import type { ProviderFacts } from '../types';

export const XERO: ProviderFacts = {
  provider: 'xero',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source:
        'https://developer.xero.com/documentation/guides/webhooks/configuring-your-server/; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-xero-signature': 'aBGNh1YhvuLXIEjOE4mnymD2Og2IUAYp4OFHEFXrIl8=',
        },
        body: '{"events":[{"resourceId":"717f2bfc-c6d4-41fd-b238-3f2f0c0cf777","eventCategory":"INVOICE","eventType":"UPDATE","tenantId":"c2cc9b6e-9458-4c7d-93cc-f02b81b0594f"}],"firstEventSequence":1,"lastEventSequence":1,"entropy":"S0m3r4Nd0mt3xt"}',
      },
      at: 1700000000,
      deliveryId: '1 1 0ef04173a7916c151c3ad4202aa2beb8e8d0c9ffe67fd8ea4a2ddf8a4026e87c',
      signature: 'header:x-xero-signature',
    },
  ],
  challenges: [
    {
      name: 'Xero: intent to receive',
      source: 'https://developer.xero.com/documentation/guides/webhooks/configuring-your-server/, its rule',
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
