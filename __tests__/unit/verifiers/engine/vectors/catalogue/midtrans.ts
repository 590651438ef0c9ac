import type { ProviderFacts } from '../types';

export const MIDTRANS: ProviderFacts = {
  provider: 'midtrans',
  covers: ['part', false, null],
  idSigned: false,
  vectors: [
    {
      source: 'https://docs.midtrans.com/docs/https-notification-webhooks; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {},
        body: '{"transaction_time":"2023-11-14 22:13:20","transaction_status":"capture","transaction_id":"57d5293c-e65f-4a29-95e4-5959c3fa335b","order_id":"Postman-1578568851","status_code":"200","gross_amount":"10000.00","signature_key":"5e5bacf4922727bb9ff5688571188c34759081690b39717b63a7e3b5347995bac18871c18dace7f820a24cdfddadb3095d097c6d834c0d4e143aaefa099e4b14"}',
      },
      at: 1700000000,
      deliveryId: 'Postman-1578568851 57d5293c-e65f-4a29-95e4-5959c3fa335b 200 capture',
      signature: 'json:signature_key',
      signsBody: false,
    },
  ],
};
