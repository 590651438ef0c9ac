// Framework-free: schemes that many services share.

import type { Provider } from '../providers';

export const STANDARDS: readonly Provider[] = [
  {
    id: 'standard-webhooks',
    title: 'Standard Webhooks',
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:webhook-signature', split: ' ', prefix: 'v1,', enc: 'base64' },
      ts: { from: 'header:webhook-timestamp', tol: 300 },
      content: '{header:webhook-id}.{ts}.{body}',
      key: { enc: 'base64', strip: 'whsec_' },
      id: ['header:webhook-id'],
    },
    secretLabel: 'Signing secret (whsec_…)',
    setup: [
      'Choose this for any service that follows the Standard Webhooks specification: its calls carry the headers webhook-id, webhook-timestamp and webhook-signature.',
      'Enter this URL where the service asks for its webhook endpoint.',
      'Copy the signing secret that the service shows, with whsec_ in front, paste it here, and save.',
    ],
    docs: 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md',
  },
];
