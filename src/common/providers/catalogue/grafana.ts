// Framework-free.

import type { Provider } from '../provider';
import { MAKE_UP_SECRET, PASTE_URL } from '../steps';

export const GRAFANA: Provider = {
  id: 'grafana',
  title: 'Grafana Alerting',
  event: { from: ['json:status'], names: ['firing', 'resolved'] },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-grafana-alerting-signature',
    },
    content: '{ts}:{body}',
    ts: {
      from: 'header:x-grafana-alerting-signature-timestamp',
      tol: 300,
    },
  },
  secretLabel: 'Signing secret',
  setup: [
    'At Grafana open “Alerting”, “Contact points”, “Webhook”.',
    PASTE_URL,
    MAKE_UP_SECRET,
    'Under “HMAC Signature” enter the secret, and x-grafana-alerting-signature-timestamp as “Timestamp Header”.',
  ],
  example: {
    json: {
      receiver: 'nocobase',
      status: 'firing',
      alerts: [
        {
          status: 'firing',
          labels: {
            alertname: 'High CPU',
          },
          fingerprint: 'c6eadffa33fcdf37',
        },
      ],
    },
  },
  docs: 'https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/',
};
