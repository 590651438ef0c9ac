import type { ProviderFacts } from '../types';

export const CALCOM: ProviderFacts = {
  provider: 'calcom',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source:
        'https://github.com/calcom/cal.com/blob/main/packages/features/webhooks/lib/sendPayload.ts, its rule; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-cal-signature-256': 'b209960ae8ef89c6883575294a1e990a2c3b010df0d8097e2bb65b968f5ff0c8',
        },
        body: '{"triggerEvent":"BOOKING_CREATED","createdAt":"2023-05-24T09:30:00.538Z","payload":{"uid":"bFJeNb2uX8ANpT3JL5EfXw","title":"60min"}}',
      },
      at: 1700000000,
      deliveryId: '2023-05-24T09:30:00.538Z 6199c4078679104b0a8b4522e38355854d1f876bbcd6536e379570b0b7b83310',
      signature: 'header:x-cal-signature-256',
    },
  ],
};
