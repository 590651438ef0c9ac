// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const TELNYX: Provider = {
  id: 'telnyx',
  title: 'Telnyx',
  event: {
    from: ['json:data.event_type'],
    names: [
      'message.received',
      'message.sent',
      'message.finalized',
      'call.initiated',
      'call.answered',
      'call.hangup',
      'fax.received',
      'fax.delivered',
    ],
  },
  scheme: {
    kind: 'ed25519',
    sig: {
      from: 'header:telnyx-signature-ed25519',
      enc: 'base64',
    },
    ts: {
      from: 'header:telnyx-timestamp',
      tol: 300,
    },
    content: '{ts}|{body}',
    key: {
      enc: 'raw-base64',
    },
    id: ['json:data.id'],
  },
  secretLabel: 'Public key',
  setup: [
    'At Telnyx open “Keys & Credentials”, “Public Key”.',
    'Copy the public key, paste it here, and save.',
    PASTE_URL,
  ],
  example: {
    json: {
      data: {
        event_type: 'message.received',
        id: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
        payload: {
          text: 'Hi',
        },
      },
    },
  },
  docs: 'https://developers.telnyx.com/docs/messaging/messages/receiving-webhooks',
};
