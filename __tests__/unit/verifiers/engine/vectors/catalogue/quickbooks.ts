import type { ProviderFacts } from '../types';

export const QUICKBOOKS: ProviderFacts = {
  provider: 'quickbooks',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source:
        'https://developer.intuit.com/app/developer/qbo/docs/develop/webhooks/managing-webhooks-notifications, its rule; node:crypto, by the rule of the documentation, over its CloudEvents',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'intuit-signature': '7rJYw7f8iOXxdm4dcnF+pH3RcsA+8exueQFBxueKidk=',
        },
        body: '[{"specversion":"1.0","id":"88cd52aa-33b6-4351-9aa4-47572edbd068","source":"intuit.dsnBgbseACLLRZNxo2dfc4evmEJdxde58xeeYcZliOU=","type":"qbo.invoice.created.v1","datacontenttype":"application/json","time":"2025-09-10T21:31:25.179851517Z","intuitentityid":"1234","intuitaccountid":"310687","data":{}}]',
      },
      at: 1700000000,
      deliveryId: '88cd52aa-33b6-4351-9aa4-47572edbd068',
      signature: 'header:intuit-signature',
    },
    {
      source:
        'https://developer.intuit.com/app/developer/qbo/docs/develop/webhooks/managing-webhooks-notifications; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'intuit-signature': '0zF3fdlxFsHh8DVZGcZF2WFDSoFr93rmmAkxbescS5M=',
        },
        body: '{"eventNotifications":[{"realmId":"1185883450","dataChangeEvent":{"entities":[{"name":"Customer","id":"1","operation":"Create","lastUpdated":"2015-10-05T14:42:19-0700"}]}}]}',
      },
      at: 1700000000,
      deliveryId: '2015-10-05T14:42:19-0700 216f78ff37513614ab03ab6bc4a9805266519ae928411086583258e46811b52a',
      signature: 'header:intuit-signature',
    },
  ],
};
