// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL, SEND_TEST } from '../steps';

export const ZENDESK: Provider = {
  id: 'zendesk',
  title: 'Zendesk',
  event: {
    from: ['json:type'],
    names: [
      'zen:event-type:ticket.created',
      'zen:event-type:ticket.status_changed',
      'zen:event-type:ticket.comment_added',
      'zen:event-type:user.created',
      'zen:event-type:user.updated',
      'zen:event-type:organization.created',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-zendesk-webhook-signature',
      enc: 'base64',
    },
    content: '{ts}{body}',
    ts: {
      from: 'header:x-zendesk-webhook-signature-timestamp',
      unit: 'rfc3339',
      tol: 86400,
    },
    // Of a trigger or automation the body is the maker's own: its id may be the ticket's.
    id: ['fields:json:id,json:type,json:time'],
  },
  secretLabel: 'Signing secret',
  setup: [
    'At Zendesk open “Admin Center”, “Apps and integrations”, “Webhooks”.',
    PASTE_URL,
    'Choose “Reveal secret”, paste it here, and save.',
    SEND_TEST,
  ],
  example: {
    json: {
      id: '01HKQ1',
      type: 'zen:event-type:ticket.created',
      detail: {
        id: '35436',
        subject: 'Help',
      },
    },
  },
  docs: 'https://developer.zendesk.com/documentation/webhooks/verifying/',
};
