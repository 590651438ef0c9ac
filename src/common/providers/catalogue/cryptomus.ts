// Framework-free.

import type { Provider } from '../provider';

export const CRYPTOMUS: Provider = {
  id: 'cryptomus',
  title: 'Cryptomus',
  event: {
    from: ['json:status'],
    names: [
      'confirm_check',
      'paid',
      'paid_over',
      'fail',
      'wrong_amount',
      'cancel',
      'system_fail',
      'refund_process',
      'refund_fail',
      'refund_paid',
    ],
  },
  scheme: {
    kind: 'hash',
    alg: 'md5',
    sig: { from: 'json:sign' },
    content: '{base64:received-json:!sign}{secret}',
    // A static wallet is paid into again and again: each payment has its own transaction.
    id: ['fields:json:uuid,json:status,json:txid', 'fields:json:uuid,json:status'],
  },
  secretLabel: 'Payment API key',
  setup: [
    'At Cryptomus open your business, “Settings”, and copy the payment API key (of payouts: the payout API key).',
    'Paste the key here, and save.',
    'This URL goes into each invoice that you create through the API, as url_callback.',
    'Know that Cryptomus signs with MD5: let in only the addresses that its documentation names.',
  ],
  example: {
    json: {
      type: 'payment',
      uuid: '62f88b36-a9d5-4fa6-aa26-e040c3dbf26d',
      order_id: '97a75bf8eda5cca41ba9d2e104840fcd',
      amount: '3.00000000',
      payment_amount: '3.00000000',
      payment_amount_usd: '0.23',
      merchant_amount: '2.94000000',
      commission: '0.06000000',
      is_final: true,
      status: 'paid',
      from: 'THgEWubVc8tPKXLJ4VZ5zbiiAK7AgqSeGH',
      wallet_address_uuid: null,
      network: 'tron',
      currency: 'TRX',
      payer_currency: 'TRX',
      additional_data: null,
      txid: '6f0d9c8374db57cac0d806251473de754f361c83a03cd805f74aa9da3193486b',
      sign: '636ee7fe9f3329aa0b50c5fe52746574',
    },
  },
  docs: 'https://doc.cryptomus.com/business/payments/webhook',
};
