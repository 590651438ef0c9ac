// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const MIDTRANS: Provider = {
  id: 'midtrans',
  title: 'Midtrans',
  event: {
    from: ['json:transaction_status'],
    names: ['capture', 'settlement', 'pending', 'deny', 'cancel', 'expire', 'failure', 'refund', 'partial_refund'],
  },
  scheme: {
    kind: 'hash',
    alg: 'sha512',
    sig: {
      from: 'json:signature_key',
    },
    content: '{json:order_id}{json:status_code}{json:gross_amount}{secret}',
    // One order can be paid for in several tries, and refunded in several parts: all that were are listed.
    id: [
      'fields:json:order_id,json:transaction_id,json:status_code,json:transaction_status,json:refunds[].refund_chargeback_id',
      'fields:json:order_id,json:transaction_id,json:status_code,json:transaction_status',
    ],
  },
  covers: {
    body: 'part',
    url: false,
    tolerance: null,
  },
  secretLabel: 'Signing key',
  setup: [
    'At Midtrans open “Settings”, “Payment”, “Notification URL”.',
    PASTE_URL,
    'Copy the “Server Key”, paste it here, and save.',
    'Know that only some fields of the body are signed: rely on no others.',
  ],
  example: {
    json: {
      transaction_time: '2023-11-14 22:13:20',
      transaction_status: 'capture',
      transaction_id: '57d5293c-e65f-4a29-95e4-5959c3fa335b',
      order_id: 'Postman-1578568851',
      status_code: '200',
      gross_amount: '10000.00',
      signature_key:
        '5e5bacf4922727bb9ff5688571188c34759081690b39717b63a7e3b5347995bac18871c18dace7f820a24cdfddadb3095d097c6d834c0d4e143aaefa099e4b14',
    },
  },
  docs: 'https://docs.midtrans.com/docs/https-notification-webhooks',
};
