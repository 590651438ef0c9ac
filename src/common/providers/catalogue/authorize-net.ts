// Framework-free.

import type { Provider } from '../provider';
import { CHOOSE_EVENTS, PASTE_URL } from '../steps';

export const AUTHORIZE_NET: Provider = {
  id: 'authorize-net',
  title: 'Authorize.Net',
  event: {
    from: ['json:eventType'],
    names: [
      'net.authorize.payment.authorization.created',
      'net.authorize.payment.authcapture.created',
      'net.authorize.payment.capture.created',
      'net.authorize.payment.refund.created',
      'net.authorize.payment.void.created',
      'net.authorize.customer.created',
      'net.authorize.customer.subscription.created',
    ],
  },
  scheme: {
    kind: 'hmac',
    alg: 'sha512',
    sig: {
      from: 'header:x-anet-signature',
      prefix: 'sha512=',
      enc: 'hex-upper',
    },
    content: '{body}',
    id: ['json:notificationId'],
  },
  secretLabel: 'Signature key',
  setup: [
    'At Authorize.Net open “Account”, “Settings”, “API Credentials & Keys”, and make a “Signature Key”.',
    'Paste the key here as it is shown, and save.',
    'Open “Account”, “Settings”, “Webhooks”, “Add Endpoint”.',
    PASTE_URL,
    CHOOSE_EVENTS,
  ],
  example: {
    json: {
      notificationId: 'd0e8e7fe-c3e7-4add-a480-27bc5ce28a18',
      eventType: 'net.authorize.payment.authcapture.created',
      eventDate: '2017-03-29T20:48:02.0080095Z',
      webhookId: '63d6fea2-aa13-4b1d-a204-f5fbc15942b7',
      payload: {
        responseCode: 1,
        merchantReferenceId: '19102146534003137356',
        authCode: 'LZ6I19',
        avsResponse: 'Y',
        authAmount: 45,
        entityName: 'transaction',
        id: '60020981676',
      },
    },
  },
  docs: 'https://developer.authorize.net/api/reference/features/webhooks.html',
};
