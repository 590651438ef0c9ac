// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const MAILGUN_ROUTES: Provider = {
  id: 'mailgun-routes',
  title: 'Mailgun routes',
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'form:signature',
    },
    ts: {
      from: 'form:timestamp',
      tol: 32400,
    },
    content: '{ts}{form:token}',
    id: ['form:token'],
  },
  secretLabel: 'HTTP webhook signing key',
  setup: [
    'Open “API Security”, copy the “HTTP webhook signing key”, paste it here, and save.',
    'At Mailgun open “Receive”, “Create route”.',
    PASTE_URL,
    'Know that Mailgun signs a time and a token only, not the event: keep this URL to yourself.',
  ],
  example: {
    text: 'recipient=a%40example.com&sender=b%40example.com&subject=Hello&body-plain=Hi&timestamp=1700000000&token=c3f1e0d2&signature=…',
    contentType: 'application/x-www-form-urlencoded',
  },
  docs: 'https://documentation.mailgun.com/docs/mailgun/user-manual/receive-forward-store/receive-http',
};
