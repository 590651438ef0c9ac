import type { ProviderFacts } from '../types';

export const MANDRILL: ProviderFacts = {
  provider: 'mandrill',
  covers: ['whole', true, null],
  idSigned: true,
  vectors: [
    {
      source:
        'https://mailchimp.com/developer/transactional/guides/track-respond-activity-webhooks/; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-mandrill-signature': '1+NGVnUGA9FLha3LujrWROydHAo=',
        },
        body: 'mandrill_events=%5B%7B%22event%22%3A%22send%22%2C%22_id%22%3A%22exampleaaaaaaa%22%7D%5D',
        url: 'https://nocobase.example.com/api/webhooks/mandrill',
      },
      at: 1700000000,
      deliveryId: '35a4a86dc470bac1f430d21b5b8c793169beac95ae0ce55ec5b890d5fa335e21',
      signature: 'header:x-mandrill-signature',
      signed: ['url'],
      plaintext: 'mandrill_events=%5B%7B%22event%22%3A%22send%22%2C%22_id%22%3A%22exampleaaaaaaa%22%7D%5D',
      plaintextType: 'application/x-www-form-urlencoded',
      signsBody: false,
    },
  ],
  challenges: [
    {
      name: 'Mandrill: probe',
      source: 'https://mailchimp.com/developer/transactional/guides/track-respond-activity-webhooks/, its rule',
      secrets: [],
      request: {
        method: 'HEAD',
      },
      at: 1700000000,
      reply: {
        kind: 'probe',
        status: 200,
      },
    },
  ],
};
