// Framework-free.

import type { Provider } from '../provider';
import { ONLY_HTTPS, TOKEN_IN_URL } from '../steps';

export const KLARNA: Provider = {
  id: 'klarna',
  title: 'Klarna',
  event: { from: ['json:event_type'], names: ['FRAUD_RISK_ACCEPTED', 'FRAUD_RISK_REJECTED', 'FRAUD_RISK_STOPPED'] },
  scheme: {
    kind: 'token',
    sig: {
      from: 'query:token',
    },
    id: ['json:event_id'],
  },
  secretLabel: 'Token',
  setup: [
    TOKEN_IN_URL,
    'Give this URL as notification URL (push, notification, status_update) when you make the session or order.',
    ONLY_HTTPS,
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
