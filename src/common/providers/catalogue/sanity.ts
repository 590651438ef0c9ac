// Framework-free.

import type { Provider } from '../provider';
import { MAKE_UP_SECRET, PASTE_URL } from '../steps';

export const SANITY: Provider = {
  id: 'sanity',
  title: 'Sanity',
  event: { from: ['header:sanity-operation'], names: ['create', 'update', 'delete'] },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:sanity-webhook-signature',
      split: ',',
      prefix: 'v1=',
      enc: 'base64url',
    },
    ts: {
      from: 'sig:t=',
      unit: 'ms',
      tol: 86400,
    },
    content: '{ts}.{body}',
    id: ['header:idempotency-key'],
  },
  secretLabel: 'Signing secret',
  setup: ['At Sanity open “API”, “Webhooks”.', PASTE_URL, MAKE_UP_SECRET],
  example: {
    json: {
      _id: 'a1',
      _type: 'post',
      title: 'Hello',
    },
  },
  docs: 'https://www.sanity.io/docs/content-lake/webhooks-best-practices',
};
