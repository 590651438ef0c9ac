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
      truncatedAlerts: 0,
      status: 'firing',
      receiver: 'nocobase',
      groupLabels: { alertname: 'Down' },
      commonLabels: { alertname: 'Down', instance: 'web-1' },
      commonAnnotations: { summary: 'web-1 is down' },
      externalURL: 'https://alertmanager.example.com',
      alerts: [
        {
          status: 'firing',
          labels: { alertname: 'Down', instance: 'web-1' },
          annotations: { summary: 'web-1 is down' },
          startsAt: '2023-11-14T22:13:20Z',
          endsAt: '0001-01-01T00:00:00Z',
          generatorURL: 'https://prometheus.example.com/graph',
          fingerprint: 'c6eadffa33fcdf37',
        },
      ],
    },
  },
  docs: 'https://prometheus.io/docs/alerting/latest/configuration/#webhook_config',
};
