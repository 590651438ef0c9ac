// Framework-free.

import type { Provider } from '../provider';
import { CHOOSE_EVENTS, PASTE_URL } from '../steps';

export const WISE: Provider = {
  id: 'wise',
  title: 'Wise',
  event: {
    from: ['json:event_type'],
    names: [
      'transfers#state-change',
      'transfers#active-cases',
      'balances#credit',
      'balances#update',
      'profiles#verification-state-change',
    ],
  },
  scheme: {
    kind: 'rsa',
    sig: {
      from: 'header:x-signature-sha256',
      enc: 'base64',
    },
    content: '{body}',
    key: {
      enc: 'pem',
    },
    // Whether the header stays the same when Wise tries again is not said: what is signed tells a change of state.
    id: [
      'fields:json:subscription_id,json:event_type,json:data.resource.id,json:data.current_state,json:data.occurred_at',
      'header:x-delivery-id',
    ],
    handshake: [
      {
        kind: 'test notification',
        when: { method: 'POST', 'header:x-test-notification': 'true' },
        auth: 'signature',
        reply: { status: 200 },
      },
    ],
  },
  secretLabel: 'Public key',
  setup: [
    'At Wise open “Settings”, “Webhooks”.',
    'Copy the public key of production or of the sandbox from Wise’s page on webhook signatures, and paste it here.',
    PASTE_URL,
    CHOOSE_EVENTS,
  ],
  example: {
    json: {
      data: {
        resource: { type: 'transfer', id: 111, profile_id: 222, account_id: 333 },
        current_state: 'processing',
        previous_state: 'incoming_payment_waiting',
        occurred_at: '2020-01-01T12:34:56.789Z',
      },
      subscription_id: '01234567-89ab-cdef-0123-456789abcdef',
      event_type: 'transfers#state-change',
      schema_version: '4.0.0',
      sent_at: '2020-01-01T12:34:56.123Z',
    },
  },
  docs: 'https://docs.wise.com/guides/developer/webhooks/event-handling',
};
