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
      destination: 'U0123456789abcdef0123456789abcdef',
      events: [
        {
          type: 'message',
          mode: 'active',
          timestamp: 1700000000000,
          source: { type: 'user', userId: 'U0123456789abcdef0123456789abcdee' },
          webhookEventId: '01FZ74A0TDDPYRVKNK77XKC3ZR',
          deliveryContext: { isRedelivery: false },
          replyToken: '0f3779fba3b349968c5d07db31eab56f',
          message: { id: '444573844083572737', type: 'text', quoteToken: 'q3Plxr4AgKd', text: 'Hi' },
        },
      ],
    },
  },
  docs: 'https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/',
};
