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
      'zen:event-type:user.details_changed',
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
      type: 'zen:event-type:ticket.created',
      account_id: 12514403,
      id: '2b24ef10-19d4-4740-93cf-8f98ec4776c0',
      time: '2024-04-17T17:18:10Z',
      zendesk_event_version: '2022-11-06',
      subject: 'zen:ticket:35436',
      detail: {
        id: '35436',
        subject: 'Help',
        description: 'It does not work.',
        status: 'OPEN',
        priority: 'NORMAL',
        requester_id: '8447388090494',
        created_at: '2024-04-17T17:18:10Z',
        updated_at: '2024-04-17T17:18:10Z',
        via: { channel: 'web_service' },
      },
      event: {},
    },
  },
  docs: 'https://developer.zendesk.com/documentation/webhooks/verifying/',
};
