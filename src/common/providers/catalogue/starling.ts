// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

/** Its webhooks of version 2: those of version 1, signed with a shared secret, are being disabled. */
export const STARLING: Provider = {
  id: 'starling',
  title: 'Starling Bank',
  event: { from: ['json:webhookType'], names: ['FEED_ITEM'] },
  scheme: {
    kind: 'rsa',
    alg: 'sha512',
    sig: { from: 'header:x-hook-signature', enc: 'base64' },
    content: '{body}',
    key: { enc: 'spki-base64' },
    id: ['json:webhookEventUid'],
  },
  secretLabel: 'Public key',
  setup: [
    'At Starling open “Developer portal”, “Personal access”, “Webhooks”.',
    PASTE_URL,
    'Copy the public key that is shown there, a line of Base64, paste it here, and save.',
  ],
  example: {
    json: {
      webhookEventUid: 'cbd5d458-ffa9-49d3-9d5a-0007bb913765',
      webhookType: 'FEED_ITEM',
      eventTimestamp: '2023-02-15T16:49:35.626Z',
      accountHolderUid: 'c2aa79e7-6749-4ba2-83fa-36c69699f266',
      content: {
        feedItemUid: '59d15af8-e715-4772-b3cd-9db46a37ed28',
        categoryUid: '8a989356-b5fd-499b-b2fe-80e2cc8425fb',
        accountUid: '3e807846-3dc4-4281-804c-acf211b6e37d',
        amount: { currency: 'GBP', minorUnits: 5600 },
        sourceAmount: { currency: 'GBP', minorUnits: 5600 },
        direction: 'IN',
        updatedAt: '2023-02-15T16:49:35.594Z',
        transactionTime: '2023-02-15T16:49:35.000Z',
        settlementTime: '2023-02-15T16:49:35.000Z',
        source: 'FASTER_PAYMENTS_IN',
        status: 'SETTLED',
        counterPartyType: 'SENDER',
        counterPartyName: 'Example',
        reference: 'test123',
        country: 'GB',
        spendingCategory: 'INCOME',
      },
    },
  },
  docs: 'https://developer.starlingbank.com/docs#webhooks-1',
};
