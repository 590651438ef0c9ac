// Framework-free: services for the office: identities, documents, forms, calendars.

import type { Provider } from './provider';
import { CHOOSE_EVENTS, PASTE_URL, SAVE_HERE_FIRST, VIA_API } from './steps';

export const PRODUCTIVITY: readonly Provider[] = [
  {
    id: 'msgraph',
    title: 'Microsoft Graph',
    scheme: {
      kind: 'token',
      sig: { from: 'json:value[].clientState', all: true },
      id: ['json:value[].id'],
      handshake: [
        {
          kind: 'validationToken',
          when: { has: 'query:validationToken' },
          auth: 'none',
          reply: { status: 200, type: 'text/plain', body: '{query:validationToken}' },
        },
      ],
    },
    secretLabel: 'Client state',
    setup: [
      'Make up a long random client state, enter it here, and save.',
      SAVE_HERE_FIRST,
      'Create a subscription through Graph: POST /subscriptions with this URL as notificationUrl and the client state as clientState.',
      'Renew the subscription before it ends: Graph keeps one for some hours or days only.',
    ],
    docs: 'https://learn.microsoft.com/graph/change-notifications-delivery-webhooks',
  },
  {
    id: 'airtable',
    title: 'Airtable',
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:x-airtable-content-mac', prefix: 'hmac-sha256=' },
      content: '{body}',
      key: { enc: 'base64' },
    },
    secretLabel: 'MAC secret (base64)',
    setup: [
      VIA_API,
      'Paste the macSecretBase64 of its answer here, and save: Airtable shows it only once.',
      'A call says only that something changed: fetch the changes with the endpoint “List webhook payloads”.',
      'Leave the response body empty, and refresh the webhook within 7 days, or it ends.',
    ],
    docs: 'https://airtable.com/developers/web/api/webhooks-overview',
  },
  {
    id: 'notion',
    title: 'Notion',
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:x-notion-signature', prefix: 'sha256=' },
      content: '{body}',
      id: ['json:id'],
      handshake: [
        {
          kind: 'verification_token',
          when: { method: 'POST', has: 'json:verification_token' },
          auth: 'if-no-secret',
          capture: { secret: 'json:verification_token' },
          reply: { status: 200 },
        },
      ],
    },
    secretLabel: 'Verification token',
    setup: [
      'Leave the token here empty, save, and enable this workflow: Notion hands it over in its first call.',
      'In the settings of your Notion integration open “Webhooks” and create a subscription with this URL.',
      'The token then appears here, with when it came and from where. Copy it into Notion’s “Verify” dialog: Notion takes only its own.',
      'Confirm it here: until then no call is verified by it.',
      CHOOSE_EVENTS,
    ],
    docs: 'https://developers.notion.com/reference/webhooks',
  },
  {
    id: 'typeform',
    title: 'Typeform',
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:typeform-signature', prefix: 'sha256=', enc: 'base64' },
      content: '{body}',
      id: ['json:event_id'],
    },
    secretLabel: 'Webhook secret',
    setup: [
      'In the form open “Connect”, “Webhooks”, “Add a webhook”.',
      PASTE_URL,
      'Edit the webhook, enter a long random secret there and here, and save.',
      'Switch the webhook on, then use “View deliveries”, “Send test request”.',
    ],
    docs: 'https://www.typeform.com/developers/webhooks/secure-your-webhooks/',
  },
  {
    id: 'calendly',
    title: 'Calendly',
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:calendly-webhook-signature', split: ',', prefix: 'v1=' },
      ts: { from: 'sig:t=', tol: 180 },
      content: '{ts}.{body}',
    },
    secretLabel: 'Webhook signing key',
    setup: [
      'Make up a long random signing key, enter it here, and save.',
      VIA_API,
      'Give the same key as signing_key; an OAuth app has one of its own, which is shown when the app is created.',
    ],
    docs: 'https://developer.calendly.com/api-docs/overview/webhooks/webhook-signatures',
  },
  {
    id: 'okta',
    title: 'Okta',
    scheme: {
      kind: 'token',
      sig: { from: 'header:authorization' },
      id: ['json:data.events[].uuid', 'json:eventId'],
      handshake: [
        {
          kind: 'verification challenge',
          when: { method: 'GET', has: 'header:x-okta-verification-challenge' },
          auth: 'none',
          reply: {
            status: 200,
            type: 'application/json',
            body: '{"verification":"{header:x-okta-verification-challenge}"}',
          },
        },
      ],
    },
    secretLabel: 'Authentication secret',
    setup: [
      'In the Okta admin console open “Workflow”, “Event Hooks”, “Create Event Hook”.',
      'Paste this URL as the endpoint, and name the authentication field “Authorization”.',
      'Make up a long random secret; enter it there as “Authentication secret” and here.',
      SAVE_HERE_FIRST,
      'Choose the events, save, and press “Verify”.',
    ],
    docs: 'https://developer.okta.com/docs/concepts/event-hooks/',
  },
];
