// Framework-free.

import type { Provider } from '../provider';

export const PAYFAST: Provider = {
  id: 'payfast',
  title: 'Payfast',
  event: { from: ['form:payment_status'], names: ['COMPLETE', 'CANCELLED'] },
  scheme: {
    kind: 'hash',
    alg: 'md5',
    sig: { from: 'form:signature' },
    content: '{received-form-plus:=&!signature}&passphrase={plus:secret}',
    id: ['fields:form:pf_payment_id,form:payment_status'],
  },
  secretLabel: 'Passphrase',
  setup: [
    'At Payfast open “Settings”, “Developer Settings”, and set a salt passphrase: without one anybody could sign.',
    'Enter the passphrase here, and save.',
    'This URL goes into each payment, as notify_url.',
    'Know that Payfast signs with MD5: let in only the addresses that its documentation names, and compare the amount.',
  ],
  example: {
    text: 'm_payment_id=1234&pf_payment_id=1089250&payment_status=COMPLETE&item_name=test+product+%7E1&item_description=&amount_gross=200.00&amount_fee=-4.60&amount_net=195.40&custom_str1=&custom_int1=&name_first=First&name_last=Last&email_address=buyer%40example.com&merchant_id=10000100&signature=c41274022d2d5971c4a5b1f509924abc',
    contentType: 'application/x-www-form-urlencoded',
  },
  docs: 'https://developers.payfast.co.za/docs#step_4_confirm_payment',
};
