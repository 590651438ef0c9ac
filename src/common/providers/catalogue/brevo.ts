// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const BREVO: Provider = {
  id: 'brevo',
  title: 'Brevo',
  scheme: {
    kind: 'token',
    sig: {
      from: 'header:authorization',
      strip: 'Bearer ',
    },
  },
  secretLabel: 'Token',
  setup: [
    'At Brevo open “Settings”, “Webhooks”.',
    PASTE_URL,
    'Choose authentication by token, and enter the same long random token there and here.',
    'Only https keeps what is sent from being seen: rely on nothing that you can’t look up.',
  ],
  example: {
    json: {
      event: 'delivered',
      email: 'a@example.com',
      id: 26224,
      'message-id': '<xxx@msgid.domain>',
      ts_event: 1604933654,
    },
  },
  docs: 'https://developers.brevo.com/docs/username-and-password-authentication',
};
