// Framework-free: services that take payments and orders.

import type { Provider } from '../providers';

export const PAYMENTS: readonly Provider[] = [
  {
    id: 'stripe',
    title: 'Stripe',
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:stripe-signature', split: ',', prefix: 'v1=' },
      ts: { from: 'sig:t=', tol: 300 },
      content: '{ts}.{body}',
      id: ['json:id'],
    },
    secretLabel: 'Signing secret (whsec_…)',
    setup: [
      'In the Stripe dashboard open “Developers”, “Webhooks” (in Workbench: “Event destinations”) and add a destination.',
      'Choose the events, then “Webhook endpoint”, and paste this URL.',
      'On the page of the new destination reveal the “Signing secret”, paste it here whole, and save.',
      'Test mode and live mode have a secret each: add both if both call this URL.',
    ],
    docs: 'https://docs.stripe.com/webhooks/signature',
  },
];
