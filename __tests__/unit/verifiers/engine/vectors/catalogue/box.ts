import type { ProviderFacts } from '../types';

export const BOX: ProviderFacts = {
  provider: 'box',
  covers: ['whole', false, 600],
  idSigned: true,
  vectors: [
    {
      source: 'https://developer.box.com/guides/webhooks/v2/signatures-v2/; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'box-delivery-timestamp': '2023-11-14T14:13:20-08:00',
          'box-signature-primary': '4yAUfVRtmwKVvl6ISg4VLjlHqyf6o4OctHmALAEV7bU=',
          'box-signature-secondary': 'un+WUZBClnxoGqboLdPflx/CmxbOZdGHMjRXNMv9GgA=',
        },
        body: '{"type":"webhook_event","id":"eb0c4e06-751f-442c-86f8-fd5bb404dbec","trigger":"FILE.UPLOADED","source":{"id":"73835521473","type":"file"}}',
      },
      at: 1700000000,
      deliveryId: 'eb0c4e06-751f-442c-86f8-fd5bb404dbec',
      signature: 'header:box-signature-secondary',
      signed: ['header:box-delivery-timestamp'],
      tolerance: 600,
    },
  ],
};
