// Framework-free.

import type { Provider } from '../provider';
import { ONLY_HTTPS, PASTE_URL } from '../steps';

export const FLUTTERWAVE: Provider = {
  id: 'flutterwave',
  title: 'Flutterwave',
  event: { from: ['json:event'], names: ['charge.completed', 'transfer.completed', 'subscription.cancelled'] },
  scheme: {
    kind: 'token',
    sig: {
      from: 'header:verif-hash',
    },
    // The id is the transaction's, or the transfer's.
    id: ['fields:json:event,json:data.id,json:data.status'],
  },
  secretLabel: 'Token',
  setup: [
    'At Flutterwave open “Settings”, “Webhooks”.',
    PASTE_URL,
    'Make up a long random secret hash, and enter it there and here.',
    ONLY_HTTPS,
  ],
  example: {
    json: {
      event: 'charge.completed',
      data: {
        id: 285959875,
        tx_ref: 'Links-616626414629',
        amount: 100,
        status: 'successful',
      },
    },
  },
  docs: 'https://developer.flutterwave.com/v3.0/docs/webhooks',
};
