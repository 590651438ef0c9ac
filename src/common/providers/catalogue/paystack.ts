// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const PAYSTACK: Provider = {
  id: 'paystack',
  title: 'Paystack',
  scheme: {
    kind: 'hmac',
    alg: 'sha512',
    sig: {
      from: 'header:x-paystack-signature',
    },
    content: '{body}',
  },
  secretLabel: 'Signing key',
  setup: [
    'At Paystack open “Settings”, “API Keys & Webhooks”.',
    PASTE_URL,
    'Copy the “Secret Key”, paste it here, and save.',
  ],
  example: {
    json: {
      event: 'charge.success',
      data: {
        id: 302961,
        reference: 'qTPrJoy9Bx',
        amount: 10000,
      },
    },
  },
  docs: 'https://paystack.com/docs/payments/webhooks/',
};
