import type { ProviderFacts } from '../types';

export const ASANA: ProviderFacts = {
  provider: 'asana',
  covers: ['whole', false, null],
  idSigned: true,
  shows: ['header:x-hook-secret'],
  vectors: [
    {
      source: 'https://developers.asana.com/docs/webhooks-guide; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-hook-signature': 'd8a5c3f67bf350ae2ee63a1a66d3e5675a086ccb9d32a089326697b359d6d084',
        },
        body: '{"events":[{"action":"changed","resource":{"gid":"1","resource_type":"task"},"created_at":"2013-08-21T18:20:37.972Z"}]}',
      },
      at: 1700000000,
      deliveryId: '2013-08-21T18:20:37.972Z 6564faeac07dd3f7f74f51117c59db35136d60dd15eeca0257bc05b812e2311f',
      signature: 'header:x-hook-signature',
    },
  ],
  challenges: [
    {
      name: 'Asana: X-Hook-Secret',
      source: 'https://developers.asana.com/docs/webhooks-guide',
      secrets: [],
      request: {
        headers: {
          'x-hook-secret': 'b537207f20cbfa02357cf448134da559e8bd39d61597dcd5631b8012eae53e81',
        },
      },
      at: 1700000000,
      reply: {
        kind: 'X-Hook-Secret',
        status: 200,
        headers: {
          'X-Hook-Secret': 'b537207f20cbfa02357cf448134da559e8bd39d61597dcd5631b8012eae53e81',
        },
        captureSecret: 'b537207f20cbfa02357cf448134da559e8bd39d61597dcd5631b8012eae53e81',
      },
      broken: {
        headers: {},
        body: '{}',
      },
    },
    {
      name: 'Asana: heartbeat',
      source: 'https://developers.asana.com/docs/webhook-heartbeat-events; Python hmac',
      secrets: ['a-signing-secret'],
      request: {
        headers: { 'x-hook-signature': 'd35ac3c86bfba010fa198dd6a9d086ac243f0c1556e50a334a58fdecfc374206' },
        body: '{"events":[]}',
      },
      at: 1700000000,
      reply: { kind: 'heartbeat', status: 200 },
      broken: { headers: {}, body: '{"events":[]}' },
    },
  ],
};
