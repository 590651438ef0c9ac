// Framework-free: services for those who build software.

import type { Provider } from '../providers';

export const DEVELOPMENT: readonly Provider[] = [
  {
    id: 'github',
    title: 'GitHub',
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:x-hub-signature-256', prefix: 'sha256=' },
      content: '{body}',
      id: ['header:x-github-delivery'],
    },
    secretLabel: 'Webhook secret',
    setup: [
      'In the repository or organisation open “Settings”, “Webhooks”, “Add webhook”.',
      'Paste this URL as “Payload URL” and choose the content type “application/json”.',
      'Make up a long random secret; enter it there as “Secret” and here.',
      'Choose the events, keep “Active” on, and save: GitHub sends a ping.',
    ],
    docs: 'https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries',
  },
];
