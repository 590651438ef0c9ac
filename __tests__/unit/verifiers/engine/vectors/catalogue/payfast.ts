import type { ProviderFacts } from '../types';

export const PAYFAST: ProviderFacts = {
  provider: 'payfast',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source:
        'https://github.com/Payfast/payfast-php-sdk (lib/PaymentIntegrations/Notification.php), its rule; computed with Python hashlib',
      secret: 'a signing/secret',
      otherSecret: 'another-secret',
      request: {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'm_payment_id=1234&pf_payment_id=1089250&payment_status=COMPLETE&item_name=test+product+%7E1&item_description=&amount_gross=200.00&amount_fee=-4.60&amount_net=195.40&custom_str1=&custom_int1=&name_first=First&name_last=Last&email_address=buyer%40example.com&merchant_id=10000100&signature=c41274022d2d5971c4a5b1f509924abc',
      },
      at: 1_700_000_000,
      deliveryId: '1089250 COMPLETE',
      signsBody: false,
      signature: 'form:signature',
      plaintext:
        'm_payment_id=1234&pf_payment_id=1089250&payment_status=COMPLETE&item_name=test+product+%7E1&item_description=&amount_gross=200.00&amount_fee=-4.60&amount_net=195.40&custom_str1=&custom_int1=&name_first=First&name_last=Last&email_address=buyer%40example.com&merchant_id=10000100&signature=c41274022d2d5971c4a5b1f509924abc',
      plaintextType: 'application/x-www-form-urlencoded',
    },
  ],
};
