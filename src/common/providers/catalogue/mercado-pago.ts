// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const MERCADO_PAGO: Provider = {
  id: 'mercado-pago',
  title: 'Mercado Pago',
  event: {
    from: ['json:type'],
    names: [
      'payment',
      'mp-connect',
      'subscription_preapproval',
      'subscription_authorized_payment',
      'point_integration_wh',
      'order',
      'topic_claims_integration_wh',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-signature',
      split: ',',
      prefix: 'v1=',
    },
    ts: {
      from: 'sig:ts=',
      // Documented as milliseconds, with an example in seconds; its SDK takes it for seconds.
      unit: 'unix',
      tol: 86400,
    },
    // Ids with letters are signed in small ones, however the URL has them.
    content: 'id:{lower:query:data.id};request-id:{header:x-request-id};ts:{ts};',
    // What isn't there is left out of the text, says its documentation.
    alternatives: ['request-id:{header:x-request-id};ts:{ts};', 'id:{lower:query:data.id};ts:{ts};', 'ts:{ts};'],
    id: ['header:x-request-id', 'signed'],
  },
  covers: {
    body: 'none',
    url: false,
    tolerance: 86400,
  },
  secretLabel: 'Signing secret',
  setup: [
    'At Mercado Pago open “Your integrations”, “Webhooks”, “Configure notifications”.',
    PASTE_URL,
    'Copy the “Secret signature”, paste it here, and save.',
    'Know that the body is not signed: ask Mercado Pago for the payment that the call names.',
  ],
  example: {
    json: {
      action: 'payment.updated',
      api_version: 'v1',
      data: {
        id: '123456',
      },
      id: '112233',
      type: 'payment',
    },
  },
  docs: 'https://www.mercadopago.com/developers/en/docs/your-integrations/notifications/webhooks',
};
