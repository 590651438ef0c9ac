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
    // One decision is sent every ten minutes until it is answered, and has no id of its own.
    id: ['fields:json:order_id,json:event_type'],
  },
  secretLabel: 'Token',
  setup: [
    TOKEN_IN_URL,
    'Give this URL as notification URL (push, notification, status_update) when you make the session or order.',
    ONLY_HTTPS,
  ],
  example: {
    json: {
      order_id: 'de305d54-75b4-431b-adb2-eb6b9e546014',
      event_type: 'FRAUD_RISK_ACCEPTED',
    },
  },
  docs: 'https://docs.klarna.com/payments/after-payments/order-management/more-actions/pending-orders/',
};
