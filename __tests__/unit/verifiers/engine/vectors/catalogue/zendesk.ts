import type { ProviderFacts } from '../types';

export const ZENDESK: ProviderFacts = {
  provider: 'zendesk',
  covers: ['whole', false, 86400],
  idSigned: true,
  vectors: [
    {
      source: 'https://developer.zendesk.com/documentation/webhooks/verifying/; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-zendesk-webhook-signature-timestamp': '2023-11-14T22:13:20Z',
          'x-zendesk-webhook-signature': 'rmrgR5FJaJjV1rnUgqBTpbrP1ioxUTU1C7IavOtx0Qs=',
        },
        body: '{"id":"01HKQ1","type":"zen:event-type:ticket.created","detail":{"id":"35436","subject":"Help"}}',
      },
      at: 1700000000,
      deliveryId: '0b17cc1b29a19074113bc13e8ef4e40b4b45e78323cd90ec31ef285431856101',
      signature: 'header:x-zendesk-webhook-signature',
      signed: ['header:x-zendesk-webhook-signature-timestamp'],
      tolerance: 86400,
    },
  ],
};
