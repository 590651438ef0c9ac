// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const VONAGE: Provider = {
  id: 'vonage',
  title: 'Vonage',
  scheme: null,
  jwt: {
    algorithms: ['HS256'],
    requireExpiry: false,
    maxAge: 86400,
    bodyHash: {
      claim: 'payload_hash',
    },
    id: ['json:message_uuid'],
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
      text: 'Hello',
    },
  },
  docs: 'https://developer.vonage.com/en/getting-started/concepts/webhooks',
};
