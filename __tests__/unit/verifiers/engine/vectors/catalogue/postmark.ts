import type { ProviderFacts } from '../types';

export const POSTMARK: ProviderFacts = {
  provider: 'postmark',
  covers: ['none', false, null],
  idSigned: null,
  shows: ['header:authorization'],
  vectors: [
    {
      source: 'https://postmarkapp.com/developer/webhooks/webhooks-overview, its rule',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          authorization: 'Basic c2hvcDphLXNpZ25pbmctc2VjcmV0',
        },
        body: '{"RecordType":"Delivery","MessageID":"883953f4-6105-42a2-a16a-77a8eac79483","Recipient":"a@example.com","DeliveredAt":"2019-11-05T16:33:54Z"}',
      },
      at: 1700000000,
      deliveryId: null,
      signature: 'header:authorization',
      signsBody: false,
      isToken: true,
      options: {
        username: 'shop',
      },
    },
  ],
};
