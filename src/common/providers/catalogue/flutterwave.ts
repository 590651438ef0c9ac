// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const FLUTTERWAVE: Provider = {
  id: 'flutterwave',
  title: 'Flutterwave',
  scheme: {
    kind: 'token',
    sig: {
      from: 'header:verif-hash',
    },
    id: ['json:data.id'],
  },
  secretLabel: 'Token',
  setup: [
    'At Flutterwave open “Settings”, “Webhooks”.',
    PASTE_URL,
    'Make up a long random secret hash, and enter it there and here.',
    'Only https keeps what is sent from being seen: rely on nothing that you can’t look up.',
  ],
  example: {
    json: {
      event: 'charge.completed',
      data: {
        id: 285959875,
        tx_ref: 'Links-616626414629',
        amount: 100,
      },
    },
  },
  docs: 'https://developer.flutterwave.com/v3.0/docs/webhooks',
};
