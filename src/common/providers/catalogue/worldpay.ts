// Framework-free.

import type { Provider } from '../provider';

export const WORLDPAY: Provider = {
  id: 'worldpay',
  title: 'Worldpay (Access)',
  event: {
    from: ['json:eventDetails.type'],
    names: [
      'sentForAuthorization',
      'authorized',
      'sentForSettlement',
      'cancelled',
      'refused',
      'error',
      'expired',
      'sentForRefund',
      'refundFailed',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:event-signature',
      split: ',',
      parts: {
        by: '/',
        key: 1,
        alg: 2,
        sig: 3,
      },
    },
    content: '{body}',
    id: ['json:eventId'],
  },
  secretLabel: 'Signing secret',
  setup: [
    'Ask Worldpay to sign its events, with this URL and a secret of your own.',
    'Leave the name of the secret empty here, or give it the key id of the signature.',
  ],
  example: {
    json: {
      eventId: '8c3d',
      eventTimestamp: '2023-11-14T22:13:20.000Z',
      eventDetails: {
        classification: 'payment',
        transactionReference: 't-1',
        type: 'authorized',
      },
    },
  },
  docs: 'https://developer.worldpay.com/products/access/events/signature/',
};
