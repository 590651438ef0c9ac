// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const VONAGE: Provider = {
  id: 'vonage',
  title: 'Vonage',
  event: { from: ['json:status'], names: ['submitted', 'delivered', 'rejected', 'undeliverable', 'read'] },
  scheme: null,
  jwt: {
    algorithms: ['HS256'],
    requireExpiry: false,
    maxAge: 86400,
    bodyHash: {
      claim: 'payload_hash',
    },
    // The id is the message's, of which each status comes.
    id: [
      'fields:json:message_uuid,json:status,json:timestamp',
      'fields:json:message_uuid,json:timestamp',
      'fields:json:timestamp,body',
    ],
  },
  secretLabel: 'Signing secret',
  setup: [
    'At Vonage open “API Settings”, “Signature secret”.',
    'Copy the signature secret, paste it here, and save.',
    PASTE_URL,
  ],
  example: {
    json: {
      to: '447700900000',
      from: '447700900001',
      message_uuid: 'aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab',
      timestamp: '2025-02-03T12:14:25.123Z',
      status: 'delivered',
      channel: 'sms',
    },
  },
  docs: 'https://developer.vonage.com/en/getting-started/concepts/webhooks',
};
