import type { ProviderFacts } from '../types';

export const GRAFANA: ProviderFacts = {
  provider: 'grafana',
  covers: ['whole', false, 300],
  idSigned: true,
  vectors: [
    {
      source:
        'https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-grafana-alerting-signature-timestamp': '1700000000',
          'x-grafana-alerting-signature': 'e52b9ef59c96a3b3c58151f878c0dde45795acbfedb52ab6643ae8ae30e6639c',
        },
        body: '{"receiver":"nocobase","status":"firing","alerts":[{"status":"firing","labels":{"alertname":"High CPU"},"fingerprint":"c6eadffa33fcdf37"}]}',
      },
      at: 1700000000,
      deliveryId: '113e99ece3bda9cd3df28ccbb2058738199502243d9a80628b31b7f0ac8d7f67',
      signature: 'header:x-grafana-alerting-signature',
      signed: ['header:x-grafana-alerting-signature-timestamp'],
      tolerance: 300,
    },
  ],
};
