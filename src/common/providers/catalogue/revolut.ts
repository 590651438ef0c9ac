// Framework-free.

import type { Provider } from '../provider';
import { VIA_API } from '../steps';

export const REVOLUT: Provider = {
  id: 'revolut',
  title: 'Revolut',
  event: {
    from: ['json:event'],
    names: [
      'ORDER_COMPLETED',
      'ORDER_AUTHORISED',
      'ORDER_CANCELLED',
      'ORDER_PAYMENT_AUTHENTICATED',
      'ORDER_PAYMENT_DECLINED',
      'ORDER_PAYMENT_FAILED',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:revolut-signature',
      split: ',',
      prefix: 'v1=',
    },
    ts: {
      from: 'header:revolut-request-timestamp',
      unit: 'ms',
      tol: 300,
    },
    content: 'v1.{ts}.{body}',
  },
  secretLabel: 'Signing secret',
  setup: [VIA_API, 'Copy the “signing_secret”, paste it here, and save.'],
  example: {
    json: {
      event: 'ORDER_COMPLETED',
      order_id: '9fc01989-3f61-4484-a5d9-ffe768531be9',
      merchant_order_ext_ref: 'Test #3928',
    },
  },
  docs: 'https://developer.revolut.com/docs/guides/merchant/monitor-and-observe/webhooks/verify-the-payload-signature',
};
