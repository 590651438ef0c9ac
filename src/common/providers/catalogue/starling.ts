// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const STARLING: Provider = {
  id: 'starling',
  title: 'Starling Bank',
  scheme: {
    kind: 'hash',
    alg: 'sha512',
    sig: {
      from: 'header:x-hook-signature',
      enc: 'base64',
    },
    content: '{secret}{body}',
    id: ['json:webhookEventUid'],
  },
  secretLabel: 'Webhook secret',
  setup: [
    'At Starling open “Developer portal”, “Personal access”, “Webhooks”.',
    PASTE_URL,
    'Copy the “Shared secret”, paste it here, and save.',
  ],
  example: {
    json: {
      webhookEventUid: '2a9f3f4c',
      eventTimestamp: '2023-11-14T22:13:20Z',
      accountHolderUid: '6a1d',
      content: {
        amount: {
          currency: 'GBP',
          minorUnits: 1000,
        },
      },
    },
  },
  docs: 'https://developer.starlingbank.com/docs#webhooks-1',
};
