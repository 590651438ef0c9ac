// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL, SEND_TEST } from '../steps';

export const LINE: Provider = {
  id: 'line',
  title: 'LINE Messaging API',
  event: {
    from: ['json:events[].type'],
    names: [
      'message',
      'unsend',
      'follow',
      'unfollow',
      'join',
      'leave',
      'memberJoined',
      'memberLeft',
      'postback',
      'beacon',
      'accountLink',
      'videoPlayComplete',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-line-signature',
      enc: 'base64',
    },
    content: '{body}',
    id: ['json:events[].webhookEventId'],
    handshake: [
      { kind: 'verify', when: { method: 'POST', 'json:events': '[]' }, auth: 'signature', reply: { status: 200 } },
    ],
  },
  secretLabel: 'Signing secret',
  setup: [
    'At LINE Developers open “Messaging API”, “Webhook URL”.',
    PASTE_URL,
    'Copy the “Channel secret”, paste it here, and save.',
    SEND_TEST,
  ],
  example: {
    json: {
      destination: 'U1',
      events: [
        {
          type: 'message',
          webhookEventId: '01FZ74A0TDDPYRVKNK77XKC3ZR',
          message: {
            type: 'text',
            text: 'Hi',
          },
        },
      ],
    },
  },
  docs: 'https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/',
};
