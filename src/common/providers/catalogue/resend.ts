// Framework-free.

import type { Provider } from '../provider';
import { CHOOSE_EVENTS, PASTE_URL } from '../steps';

export const RESEND: Provider = {
  id: 'resend',
  title: 'Resend',
  event: {
    from: ['json:type'],
    names: [
      'email.sent',
      'email.delivered',
      'email.delivery_delayed',
      'email.complained',
      'email.bounced',
      'email.opened',
      'email.clicked',
      'email.failed',
      'email.received',
      'contact.created',
      'domain.created',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:svix-signature',
      split: ' ',
      prefix: 'v1,',
      enc: 'base64',
    },
    ts: {
      from: 'header:svix-timestamp',
      tol: 300,
    },
    content: '{header:svix-id}.{ts}.{body}',
    key: {
      enc: 'base64',
      strip: 'whsec_',
    },
    id: ['header:svix-id'],
  },
  secretLabel: 'Signing secret',
  setup: [
    'At Resend open “Webhooks”, “Add Webhook”.',
    PASTE_URL,
    CHOOSE_EVENTS,
    'Copy the “Signing secret”, paste it here, and save.',
  ],
  example: {
    json: {
      type: 'email.delivered',
      created_at: '2023-02-22T23:41:12.126Z',
      data: {
        email_id: '56761188-7520-42d8-8898-ff6fc54ce618',
        to: ['a@example.com'],
      },
    },
  },
  docs: 'https://resend.com/docs/webhooks/verify-webhooks-requests',
};
