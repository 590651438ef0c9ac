// Framework-free.

import type { Provider } from '../provider';
import { ONLY_HTTPS, PASTE_URL } from '../steps';

export const BREVO: Provider = {
  id: 'brevo',
  title: 'Brevo',
  event: {
    from: ['json:event'],
    names: [
      'request',
      'delivered',
      'deferred',
      'soft_bounce',
      'hard_bounce',
      'spam',
      'blocked',
      'invalid_email',
      'opened',
      'unique_opened',
      'click',
      'unsubscribed',
    ],
  },
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
    ONLY_HTTPS,
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
  docs: 'https://developers.brevo.com/docs/secured-webhooks',
};
