// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const RECURLY: Provider = {
  id: 'recurly',
  title: 'Recurly',
  event: {
    from: ['json:event_type'],
    names: [
      'created',
      'updated',
      'deleted',
      'activated',
      'canceled',
      'expired',
      'renewed',
      'paid',
      'past_due',
      'failed',
      'voided',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:recurly-signature',
      split: ',',
    },
    ts: {
      from: 'sig:#1',
      unit: 'ms',
      tol: 300,
    },
    content: '{ts}.{body}',
    id: ['header:recurly-notification-id'],
  },
  secretLabel: 'Signing secret',
  setup: [
    'At Recurly open “Integrations”, “Webhooks”.',
    PASTE_URL,
    'Choose JSON as format: of XML nothing is signed, and every call would be refused.',
    'Copy the “Secret key”, paste it here, and save.',
  ],
  example: {
    json: {
      id: 'evt1',
      object_type: 'account',
      event_type: 'created',
      account_code: 'a1',
    },
  },
  docs: 'https://docs.recurly.com/recurly-subscriptions/docs/signature-verification',
};
