import type { ProviderFacts } from '../types';

export const CRYPTOMUS: ProviderFacts = {
  provider: 'cryptomus',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source:
        'https://doc.cryptomus.com/business/payments/webhook, “Verifying webhook signature”; computed with Python hashlib',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {},
        body: '{"type":"payment","uuid":"62f88b36-a9d5-4fa6-aa26-e040c3dbf26d","order_id":"97a75bf8eda5cca41ba9d2e104840fcd","amount":"3.00000000","payment_amount":"3.00000000","payment_amount_usd":"0.23","merchant_amount":"2.94000000","commission":"0.06000000","is_final":true,"status":"paid","from":"THgEWubVc8tPKXLJ4VZ5zbiiAK7AgqSeGH","wallet_address_uuid":null,"network":"tron","currency":"TRX","payer_currency":"TRX","additional_data":"a\\/b é","txid":"6f0d9c8374db57cac0d806251473de754f361c83a03cd805f74aa9da3193486b","sign":"636ee7fe9f3329aa0b50c5fe52746574"}',
      },
      at: 1_700_000_000,
      deliveryId:
        '62f88b36-a9d5-4fa6-aa26-e040c3dbf26d paid 6f0d9c8374db57cac0d806251473de754f361c83a03cd805f74aa9da3193486b',
      signsBody: false,
      signature: 'json:sign',
      plaintext:
        '{"type":"payment","uuid":"62f88b36-a9d5-4fa6-aa26-e040c3dbf26d","order_id":"97a75bf8eda5cca41ba9d2e104840fcd","amount":"3.00000000","payment_amount":"3.00000000","payment_amount_usd":"0.23","merchant_amount":"2.94000000","commission":"0.06000000","is_final":true,"status":"paid","from":"THgEWubVc8tPKXLJ4VZ5zbiiAK7AgqSeGH","wallet_address_uuid":null,"network":"tron","currency":"TRX","payer_currency":"TRX","additional_data":"a\\/b é","txid":"6f0d9c8374db57cac0d806251473de754f361c83a03cd805f74aa9da3193486b","sign":"636ee7fe9f3329aa0b50c5fe52746574"}',
    },
  ],
};
