import type { ProviderFacts } from '../types';

export const ALERTMANAGER: ProviderFacts = {
  provider: 'alertmanager',
  covers: ['none', false, null],
  idSigned: null,
  shows: ['header:authorization'],
  vectors: [
    {
      source: 'https://prometheus.io/docs/alerting/latest/configuration/#webhook_config, its rule',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          authorization: 'Bearer a-signing-secret',
        },
        body: '{"version":"4","groupKey":"{}:{alertname=\\"Down\\"}","status":"firing","alerts":[{"status":"firing","labels":{"alertname":"Down"}}]}',
      },
      at: 1700000000,
      deliveryId: null,
      signature: 'header:authorization',
      signsBody: false,
      isToken: true,
    },
  ],
};
