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
      orgId: 1,
      alerts: [
        {
          status: 'firing',
          labels: { alertname: 'High CPU', grafana_folder: 'device' },
          annotations: { summary: 'High CPU usage' },
          startsAt: '2024-03-01T02:09:00Z',
          endsAt: '0001-01-01T00:00:00Z',
          generatorURL: 'https://grafana.example.com/alerting/grafana/1/view',
          fingerprint: 'c6eadffa33fcdf37',
          silenceURL: 'https://grafana.example.com/alerting/silence/new',
          dashboardURL: '',
          panelURL: '',
          values: { A: 97.5, C: 1 },
        },
      ],
      groupLabels: { alertname: 'High CPU' },
      commonLabels: { alertname: 'High CPU', grafana_folder: 'device' },
      commonAnnotations: { summary: 'High CPU usage' },
      externalURL: 'https://grafana.example.com/',
      version: '1',
      groupKey: '{}:{alertname="High CPU"}',
      truncatedAlerts: 0,
      title: '[FIRING:1] High CPU device',
      state: 'alerting',
      message: '**Firing**',
    },
  },
  docs: 'https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/',
};
