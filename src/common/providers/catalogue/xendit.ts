// Framework-free.

import type { Provider } from '../provider';
import { ONLY_HTTPS, PASTE_URL } from '../steps';

export const XENDIT: Provider = {
  id: 'xendit',
  title: 'Xendit',
  event: { from: ['json:status'], names: ['PAID', 'EXPIRED'] },
  scheme: {
    kind: 'token',
    sig: {
      from: 'header:x-callback-token',
    },
    id: ['header:webhook-id'],
  },
  secretLabel: 'Token',
  setup: [
    'At Xendit open “Settings”, “Webhooks”.',
    PASTE_URL,
    'Copy the “Webhook verification token”, paste it here, and save.',
    ONLY_HTTPS,
  ],
  example: {
    json: {
      id: '579c8d61f23fa4ca35e52da4',
      external_id: 'invoice_123',
      status: 'PAID',
      amount: 50000,
    },
  },
  docs: 'https://docs.xendit.co/docs/handling-webhooks',
};
