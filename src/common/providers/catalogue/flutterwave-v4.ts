// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const FLUTTERWAVE_V4: Provider = {
  id: 'flutterwave-v4',
  title: 'Flutterwave (v4)',
  event: { from: ['json:type'], names: ['charge.completed'] },
  scheme: {
    kind: 'hmac',
    sig: { from: 'header:flutterwave-signature', enc: 'base64' },
    content: '{body}',
    id: ['fields:json:timestamp,body'],
  },
  secretLabel: 'Secret hash',
  setup: [
    'At Flutterwave open “Settings”, “Webhooks”.',
    PASTE_URL,
    'Make up a long random secret hash, and enter it there and here.',
    'Calls without the header flutterwave-signature are of version 3: choose plain “Flutterwave” for them.',
    'Where that header holds the secret hash itself, as older pages of theirs say, choose “Token” with its name.',
  ],
  example: {
    json: {
      webhook_id: 'wbk_Gkj5BCN2hYMdI6VZ4K0q',
      timestamp: 1734096441000,
      type: 'charge.completed',
      data: { id: 'chg_DUcS9P3vLM', amount: 2000, currency: 'NGN', reference: 'ex-123', status: 'succeeded' },
    },
  },
  docs: 'https://developer.flutterwave.com/docs/webhooks',
};
