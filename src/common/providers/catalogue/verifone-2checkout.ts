// Framework-free.

import type { SchemeAnswer } from '../../presets';
import { GET_PROBE } from '../probes';
import type { Provider } from '../provider';
import { SAVE_HERE_FIRST } from '../steps';

/** Values that the receipt is signed over, each behind its length, and behind them when it is given. */
function receipt(...values: string[]): SchemeAnswer {
  const signed = [...values, 'now:YYYYMMDDhhmmss'].map((value) => `length:${value}`).join('+');
  return {
    status: 200,
    type: 'text/plain',
    body: `<sig algo="sha256" date="{now:YYYYMMDDhhmmss}">{hmac-sha256-hex:${signed}}</sig>`,
  };
}

export const VERIFONE_2CHECKOUT: Provider = {
  id: 'verifone-2checkout',
  title: '2Checkout (Verifone)',
  event: {
    from: ['form:ORDERSTATUS'],
    names: [
      'PENDING',
      'PURCHASE_PENDING',
      'PAYMENT_AUTHORIZED',
      'PAYMENT_RECEIVED',
      'PENDING_APPROVAL',
      'COMPLETE',
      'CANCELED',
      'REFUND',
      'REVERSED',
      'INVALID',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: { from: 'form:SIGNATURE_SHA2_256' },
    content: '{lengths-form:!HASH,SIGNATURE_SHA2_256,SIGNATURE_SHA3_256}',
    // Names are not signed: what is signed can't be changed, a field can.
    id: ['signed'],
    handshake: [GET_PROBE],
    // Of an order, whose lists PHP may have numbered, and of a licence.
    answer: [
      receipt('first:form:IPN_PID[]', 'first:form:IPN_PNAME[]', 'form:IPN_DATE'),
      receipt('form:IPN_PID[0]', 'form:IPN_PNAME[0]', 'form:IPN_DATE'),
      receipt('form:LICENSE_CODE', 'form:EXPIRATION_DATE'),
    ],
  },
  secretLabel: 'Secret key',
  setup: [
    'At 2Checkout open “Integrations”, “Webhooks & API”, copy the “Secret key”, paste it here, and save.',
    SAVE_HERE_FIRST,
    'Open “IPN settings” there, add this URL, and choose SHA2 for the signature.',
    'Have REFNO, ORDERSTATUS, IPN_PID[], IPN_PNAME[] and IPN_DATE sent: the receipt that 2Checkout waits for is made of them.',
    'Know that the names of fields are not signed: take the order’s number from a call, and look that up.',
  ],
  example: {
    text: 'SALEDATE=2023-06-09+15%3A26%3A18&REFNO=211153389&REFNOEXT=&ORDERNO=25430&ORDERSTATUS=COMPLETE&FIRSTNAME=Z%C3%B6e&IPN_PID%5B%5D=1&IPN_PID%5B%5D=2&IPN_PNAME%5B%5D=Software+program&IPN_PNAME%5B%5D=Manual&MESSAGE_ID=254498854202&MESSAGE_TYPE=COMPLETE&IPN_TOTALGENERAL=29.99&IPN_DATE=20231114221319&HASH=972e6c0b522746eeba22e0930a3d4e05&SIGNATURE_SHA2_256=d9942e8588a8c697fbb6eb1ba44d719e02218add5875819dd0e6f372684af694',
    contentType: 'application/x-www-form-urlencoded',
    parsed: {
      SALEDATE: '2023-06-09 15:26:18',
      REFNO: '211153389',
      REFNOEXT: null,
      ORDERNO: '25430',
      ORDERSTATUS: 'COMPLETE',
      FIRSTNAME: 'Zöe',
      IPN_PID: ['1', '2'],
      IPN_PNAME: ['Software program', 'Manual'],
      MESSAGE_ID: '254498854202',
      MESSAGE_TYPE: 'COMPLETE',
      IPN_TOTALGENERAL: '29.99',
      IPN_DATE: '20231114221319',
      HASH: '972e6c0b522746eeba22e0930a3d4e05',
      SIGNATURE_SHA2_256: 'd9942e8588a8c697fbb6eb1ba44d719e02218add5875819dd0e6f372684af694',
    },
  },
  docs: 'https://docs.2checkout.com/2checkout-apis/2checkout-apis/webhooks/instant-payment-notification-ipn/calculate-the-ipn-hash-signature',
};
