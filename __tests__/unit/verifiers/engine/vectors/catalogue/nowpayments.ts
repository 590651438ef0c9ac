import type { ProviderFacts } from '../types';

export const NOWPAYMENTS: ProviderFacts = {
  provider: 'nowpayments',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source:
        'https://documenter.getpostman.com/view/7907941/2s93JusNJt, “Instant Payments Notifications”; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-nowpayments-sig':
            '755b96d1d2be59f12592dbd103af68efd1f9301aa71aaa664940ade382c809ce5d6d01cc2b234971f5479c362821ab82744ae8bb7df1cb7791c5c49d37d3f11d',
        },
        body: '{"payment_id":123456789,"invoice_id":null,"payment_status":"finished","pay_address":"address","price_amount":1,"price_currency":"usd","pay_amount":15,"actually_paid":15,"actually_paid_at_fiat":0,"pay_currency":"trx","order_id":null,"purchase_id":"123456789","outcome_amount":14.8106,"outcome_currency":"trx","fee":{"currency":"btc","depositFee":0.09853637216235617,"withdrawalFee":0,"serviceFee":0}}',
      },
      at: 1_700_000_000,
      deliveryId: '123456789 finished 15',
      signsBody: false,
      signature: 'header:x-nowpayments-sig',
      plaintext:
        '{"payment_id":123456789,"invoice_id":null,"payment_status":"finished","pay_address":"address","price_amount":1,"price_currency":"usd","pay_amount":15,"actually_paid":15,"actually_paid_at_fiat":0,"pay_currency":"trx","order_id":null,"purchase_id":"123456789","outcome_amount":14.8106,"outcome_currency":"trx","fee":{"currency":"btc","depositFee":0.09853637216235617,"withdrawalFee":0,"serviceFee":0}}',
    },
  ],
};
