import type { ProviderFacts } from '../types';

export const KLARNA: ProviderFacts = {
  provider: 'klarna',
  covers: ['none', false, null],
  idSigned: false,
  shows: ['query:token'],
  vectors: [
    {
      source: 'https://docs.klarna.com/payments/after-payments/order-management/more-actions/pending-orders/, its body',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {},
        body: '{"order_id":"de305d54-75b4-431b-adb2-eb6b9e546014","event_type":"FRAUD_RISK_ACCEPTED"}',
        url: '/api/webhooks/key?token=a-signing-secret',
      },
      at: 1700000000,
      deliveryId: 'de305d54-75b4-431b-adb2-eb6b9e546014 FRAUD_RISK_ACCEPTED',
      signature: 'query:token',
      signsBody: false,
      isToken: true,
    },
  ],
};
