// Framework-free.

import type { Provider } from '../provider';

export const KLARNA: Provider = {
  id: 'klarna',
  title: 'Klarna',
  scheme: {
    kind: 'token',
    sig: {
      from: 'query:token',
    },
    id: ['json:event_id'],
  },
  secretLabel: 'Token',
  setup: [
    'Make up a long random token, enter it here, and add it to the URL there as ?token=….',
    'Give this URL as notification URL (push, notification, status_update) when you make the session or order.',
    'Only https keeps what is sent from being seen: rely on nothing that you can’t look up.',
  ],
  example: {
    json: {
      event_id: '5a5f3f4c',
      event_type: 'FRAUD_RISK_ACCEPTED',
      order_id: 'f9d3b5c2',
    },
  },
  docs: 'https://docs.klarna.com/payments/web-payments/integrate-with-klarna-payments/other-actions/pending-orders/',
};
