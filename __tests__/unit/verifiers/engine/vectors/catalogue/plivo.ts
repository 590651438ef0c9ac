import type { ProviderFacts } from '../types';

export const PLIVO: ProviderFacts = {
  provider: 'plivo',
  covers: ['whole', true, null],
  idSigned: true,
  vectors: [
    {
      source:
        'https://www.plivo.com/docs/voice/concepts/signature-validation, its rule; Python hmac, by validateV3Signature of the plivo SDK',
      secret: 'an-auth-token',
      otherSecret: 'another-auth-token',
      request: {
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-plivo-signature-v3': 'ScBftO9FzO9rU7HFQ5e2RaIlT0zpPNwbmq58peMOqpE=',
          'x-plivo-signature-v3-nonce': '12345',
        },
        body: 'CallUUID=97ceeb52-58b6-11e1-86da-77300b68f8bb&From=14155551234&To=14155554321&Event=StartApp',
        url: 'https://nocobase.example.com/api/webhooks/plivo',
      },
      at: 1700000000,
      deliveryId: 'a1588026efc8325e40cadd63203b03ad33f758399fc38490aef65287f59650a1',
      signature: 'header:x-plivo-signature-v3',
      isList: true,
      signed: ['url', 'header:x-plivo-signature-v3-nonce'],
      plaintext: 'CallUUID=97ceeb52-58b6-11e1-86da-77300b68f8bb&From=14155551234&To=14155554321&Event=StartApp',
      plaintextType: 'application/x-www-form-urlencoded',
      signsBody: false,
    },
  ],
};
