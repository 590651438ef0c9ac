// Framework-free.

import type { Provider } from '../provider';
import { SAVE_HERE_FIRST, SEND_TEST } from '../steps';

export const EBAY: Provider = {
  id: 'ebay',
  title: 'eBay',
  event: { from: ['json:metadata.topic'], names: ['MARKETPLACE_ACCOUNT_DELETION'] },
  scheme: {
    kind: 'ecdsa',
    alg: 'sha1',
    sig: {
      from: 'header:x-ebay-signature',
      json: 'signature',
      enc: 'base64',
    },
    content: '{body}',
    key: {
      enc: 'pem',
    },
    id: ['json:notification.notificationId'],
    handshake: [
      {
        kind: 'challenge_code',
        when: {
          method: 'GET',
          has: 'query:challenge_code',
        },
        auth: 'none',
        reply: {
          status: 200,
          type: 'application/json',
          body: '{"challengeResponse":"{sha256-hex:query:challenge_code+config:verificationToken+url}"}',
        },
      },
    ],
  },
  secretLabel: 'Public key',
  options: [
    {
      name: 'verificationToken',
      label: 'Verification token',
      help: '32 to 80 letters, digits, _ and -; made up by you, and entered there too.',
      required: true,
      secret: true,
    },
  ],
  setup: [
    'At eBay open “Developer Account”, “Alerts & Notifications”.',
    SAVE_HERE_FIRST,
    'Get the public key with the Notification API (getPublicKey, with the kid of a call), and paste it here in PEM.',
    SEND_TEST,
  ],
  example: {
    json: {
      metadata: { topic: 'MARKETPLACE_ACCOUNT_DELETION', schemaVersion: '1.0', deprecated: false },
      notification: {
        notificationId: '49feeaeb-4982-42d9-a377-9645b8479411_33f7e043-fed8-442b-9d44-791923bd9a6d',
        eventDate: '2021-03-19T20:43:59.462Z',
        publishDate: '2021-03-19T20:43:59.679Z',
        publishAttemptCount: 1,
        data: {
          username: 'test_user',
          userId: 'ma8vp1jySJC',
          eiasToken: 'nY+sHZ2PrBmdj6wVnY+sEZ2PrA2dj6wJnY+gAZGEpwmdj6x9nY+seQ==',
        },
      },
    },
  },
  docs: 'https://developer.ebay.com/marketplace-account-deletion',
};
