// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL, SAVE_HERE_FIRST } from '../steps';

export const DROPBOX: Provider = {
  id: 'dropbox',
  title: 'Dropbox',
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-dropbox-signature',
    },
    content: '{body}',
    handshake: [
      {
        kind: 'challenge',
        when: {
          method: 'GET',
          has: 'query:challenge',
        },
        auth: 'none',
        reply: {
          status: 200,
          type: 'text/plain',
          body: '{query:challenge}',
        },
      },
    ],
  },
  secretLabel: 'App secret',
  setup: [
    'At Dropbox open “App Console”, “Settings”, “Webhooks”.',
    'Copy the “App secret”, paste it here, and save.',
    SAVE_HERE_FIRST,
    PASTE_URL,
  ],
  example: {
    json: {
      list_folder: {
        accounts: ['dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc'],
      },
      delta: {
        users: [12345678],
      },
    },
  },
  docs: 'https://www.dropbox.com/developers/reference/webhooks',
};
