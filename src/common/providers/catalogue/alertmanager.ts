// Framework-free.

import type { Provider } from '../provider';
import { ONLY_HTTPS, PASTE_URL } from '../steps';

export const ALERTMANAGER: Provider = {
  id: 'alertmanager',
  title: 'Prometheus Alertmanager',
  event: { from: ['json:status'], names: ['firing', 'resolved'] },
  scheme: {
    kind: 'token',
    sig: {
      from: 'header:authorization',
      strip: 'Bearer ',
    },
  },
  secretLabel: 'Token',
  setup: [
    'Make up a long random token, and enter it here and as http_config.authorization.credentials of the receiver there.',
    PASTE_URL,
    ONLY_HTTPS,
  ],
  example: {
    json: {
      version: '4',
      groupKey: '{}:{alertname="Down"}',
      status: 'firing',
      alerts: [
        {
          status: 'firing',
          labels: {
            alertname: 'Down',
          },
        },
      ],
    },
  },
  docs: 'https://prometheus.io/docs/alerting/latest/configuration/#webhook_config',
};
