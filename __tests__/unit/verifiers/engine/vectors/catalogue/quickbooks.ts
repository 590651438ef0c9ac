import type { ProviderFacts } from '../types';

export const QUICKBOOKS: ProviderFacts = {
  provider: 'quickbooks',
  covers: ['whole', false, null],
  idSigned: null,
  vectors: [
    {
      source: 'Python hmac, by the rule of the documentation',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'intuit-signature': '0zF3fdlxFsHh8DVZGcZF2WFDSoFr93rmmAkxbescS5M=',
        },
        body: '{"eventNotifications":[{"realmId":"1185883450","dataChangeEvent":{"entities":[{"name":"Customer","id":"1","operation":"Create","lastUpdated":"2015-10-05T14:42:19-0700"}]}}]}',
      },
      at: 1700000000,
      deliveryId: null,
      signature: 'header:intuit-signature',
    },
  ],
};
