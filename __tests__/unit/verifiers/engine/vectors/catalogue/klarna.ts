import type { ProviderFacts } from '../types';

export const KLARNA: ProviderFacts = {
  provider: 'klarna',
  covers: ['none', false, null],
  idSigned: false,
  shows: ['query:token'],
  vectors: [
    {
      source:
        'https://docs.klarna.com/payments/web-payments/integrate-with-klarna-payments/other-actions/pending-orders/, its rule',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {},
        body: '{"event_id":"5a5f3f4c","event_type":"FRAUD_RISK_ACCEPTED","order_id":"f9d3b5c2"}',
        url: '/api/webhooks/key?token=a-signing-secret',
      },
      at: 1700000000,
      deliveryId: '5a5f3f4c',
      signature: 'query:token',
      signsBody: false,
      isToken: true,
    },
  ],
};
