// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const MIDTRANS_PAYOUTS: Provider = {
  id: 'midtrans-payouts',
  title: 'Midtrans payouts (Iris)',
  event: {
    from: ['json:status'],
    names: ['approved', 'rejected', 'processed', 'completed', 'failed', 'topup'],
  },
  scheme: {
    kind: 'hash',
    alg: 'sha512',
    sig: { from: 'header:iris-signature' },
    content: '{body}{secret}',
    // Of a payout, and of money that was added to pay out from.
    id: ['fields:json:reference_no,json:status,json:updated_at', 'fields:json:transaction_id,json:status'],
  },
  secretLabel: 'Merchant key',
  setup: [
    'At Midtrans open the dashboard of Payouts (Iris), “Settings”, copy the “Merchant key”, paste it here, and save.',
    PASTE_URL,
    'Notifications of payments are signed in another way: choose plain “Midtrans” for them.',
  ],
  example: {
    json: { reference_no: '10014', amount: '20000.00', status: 'completed', updated_at: '2023-11-14T22:13:20Z' },
  },
  docs: 'https://docs.midtrans.com/reference/notification-payload-1',
};
