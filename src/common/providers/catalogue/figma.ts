// Framework-free.

import type { Provider } from '../provider';
import { VIA_API } from '../steps';

export const FIGMA: Provider = {
  id: 'figma',
  title: 'Figma',
  scheme: {
    kind: 'token',
    sig: {
      from: 'json:passcode',
    },
    handshake: [
      {
        kind: 'PING',
        when: {
          method: 'POST',
          'json:event_type': 'PING',
        },
        auth: {
          from: 'json:passcode',
          equals: 'secret',
        },
        reply: {
          status: 200,
        },
      },
    ],
  },
  secretLabel: 'Token',
  setup: [
    VIA_API,
    'Make up a passcode, and give it there and here.',
    'Only https keeps what is sent from being seen: rely on nothing that you can’t look up.',
  ],
  example: {
    json: {
      event_type: 'FILE_UPDATE',
      passcode: 'a-signing-secret',
      timestamp: '2020-02-23T20:27:16Z',
      webhook_id: '22',
      file_key: 'zH8Y',
    },
  },
  docs: 'https://developers.figma.com/docs/rest-api/webhooks-security/',
};
