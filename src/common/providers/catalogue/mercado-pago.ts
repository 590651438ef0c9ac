// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const MERCADO_PAGO: Provider = {
  id: 'mercado-pago',
  title: 'Mercado Pago',
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-signature',
      split: ',',
      prefix: 'v1=',
    },
    ts: {
      from: 'sig:ts=',
      unit: 'ms',
      tol: 86400,
    },
    content: 'id:{query:data.id};request-id:{header:x-request-id};ts:{ts};',
    id: ['fields:query:data.id,header:x-request-id'],
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
