// Framework-free.

import { HEAD_PROBE } from '../probes';
import type { Provider } from '../provider';
import { PASTE_URL, SAVE_HERE_FIRST } from '../steps';

export const MANDRILL: Provider = {
  id: 'mandrill',
  title: 'Mailchimp Transactional (Mandrill)',
  event: {
    from: ['form-json:mandrill_events.[].event'],
    names: [
      'send',
      'deferral',
      'hard_bounce',
      'soft_bounce',
      'delivered',
      'open',
      'click',
      'spam',
      'unsub',
      'reject',
      'inbound',
    ],
  },
  scheme: {
    kind: 'hmac',
    alg: 'sha1',
    sig: {
      from: 'header:x-mandrill-signature',
      enc: 'base64',
    },
    content: '{url}{sorted-form}',
    id: ['signed'],
    handshake: [HEAD_PROBE],
  },
  jsonFields: ['mandrill_events'],
  secretLabel: 'Signing key',
  setup: [
    'At Mandrill open “Settings”, “Webhooks”.',
    SAVE_HERE_FIRST,
    PASTE_URL,
    'Copy the “Key” of the webhook, paste it here, and save.',
  ],
  example: {
    text: 'mandrill_events=%5B%7B%22event%22%3A%22send%22%2C%22_id%22%3A%22exampleaaaaaaa%22%7D%5D',
    contentType: 'application/x-www-form-urlencoded',
  },
  docs: 'https://mailchimp.com/developer/transactional/guides/track-respond-activity-webhooks/',
};
