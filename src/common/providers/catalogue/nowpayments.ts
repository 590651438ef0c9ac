// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const NOWPAYMENTS: Provider = {
  id: 'nowpayments',
  title: 'NOWPayments',
  event: {
    from: ['json:payment_status', 'json:status'],
    names: [
      'waiting',
      'confirming',
      'confirmed',
      'sending',
      'partially_paid',
      'finished',
      'failed',
      'refunded',
      'expired',
    ],
  },
  scheme: {
    kind: 'hmac',
    alg: 'sha512',
    sig: { from: 'header:x-nowpayments-sig' },
    content: '{sorted-json}',
    // A payment can be made in parts: each says how much there is by then.
    id: ['fields:json:payment_id,json:payment_status,json:actually_paid', 'fields:json:id,json:status'],
  },
  secretLabel: 'IPN secret key',
  setup: [
    'At NOWPayments open “Settings”, “Payments”, “Instant payment notifications”, and generate an IPN secret key.',
    'Paste the key here, and save.',
    PASTE_URL,
    'The same URL goes into each payment that you create through the API, as ipn_callback_url.',
  ],
  example: {
    json: {
      payment_id: 123456789,
      invoice_id: null,
      payment_status: 'finished',
      pay_address: 'address',
      price_amount: 1,
      price_currency: 'usd',
      pay_amount: 15,
      actually_paid: 15,
      actually_paid_at_fiat: 0,
      pay_currency: 'trx',
      order_id: null,
      purchase_id: '123456789',
      outcome_amount: 14.8106,
      outcome_currency: 'trx',
      fee: { currency: 'btc', depositFee: 0.09853637216235617, withdrawalFee: 0, serviceFee: 0 },
    },
  },
  docs: 'https://documenter.getpostman.com/view/7907941/2s93JusNJt',
};
