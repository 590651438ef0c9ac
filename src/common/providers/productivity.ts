// Framework-free: services for the office: identities, documents, forms, calendars.

import type { Provider } from './provider';
import { CHOOSE_EVENTS, PASTE_URL, SAVE_HERE_FIRST, VIA_API } from './steps';

export const PRODUCTIVITY: readonly Provider[] = [
  {
    id: 'msgraph',
    title: 'Microsoft Graph',
    event: { from: ['json:value[].changeType'], names: ['created', 'updated', 'deleted'] },
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
    example: {
      json: {
        value: [
          {
            subscriptionId: '7f105c7d-2dc5-4530-97cd-4e7ae6534c07',
            clientState: 'secretClientValue',
            changeType: 'created',
            resource: 'users/ddfcd489-628b-7d04-b48b-20075df800e5/messages/AAMkADMxZmEx',
            tenantId: '84bd8158-6d4d-4958-8b9f-9d6445542f95',
            subscriptionExpirationDateTime: '2023-11-16T11:00:00.0000000Z',
            resourceData: { '@odata.type': '#Microsoft.Graph.Message', id: 'AAMkADMxZmEx' },
          },
        ],
      },
    },
    docs: 'https://learn.microsoft.com/graph/change-notifications-delivery-webhooks',
  },
  {
    id: 'airtable',
    title: 'Airtable',
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:x-airtable-content-mac', prefix: 'hmac-sha256=' },
      content: '{body}',
      id: ['fields:json:timestamp,body'],
      key: { enc: 'base64' },
    },
    secretLabel: 'MAC secret (base64)',
    setup: [
      VIA_API,
      'Paste the macSecretBase64 of its answer here, and save: Airtable shows it only once.',
      'A call says only that something changed: fetch the changes with the endpoint “List webhook payloads”.',
      'Leave the response body empty, and refresh the webhook within 7 days, or it ends.',
    ],
    example: {
      json: {
        base: { id: 'app00000000000000' },
        webhook: { id: 'ach00000000000000' },
        timestamp: '2023-11-14T22:13:20.000Z',
      },
    },
    docs: 'https://airtable.com/developers/web/api/webhooks-overview',
  },
  {
    id: 'notion',
    title: 'Notion',
    event: {
      from: ['json:type'],
      names: [
        'page.created',
        'page.content_updated',
        'page.properties_updated',
        'page.deleted',
        'comment.created',
        'database.schema_updated',
      ],
    },
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
    example: {
      json: {
        id: '367cba44-b6f3-4c92-81e7-6a2e9659efd4',
        timestamp: '2023-11-14T22:13:20.000Z',
        type: 'page.created',
        workspace_id: '13950b26-c203-4f3b-b97d-93ec06319565',
        subscription_id: '29d75c0d-5546-4414-8459-7b7a92f1fc4b',
        entity: { id: '153104cd-477e-809d-8dc4-ff2d96ae3090', type: 'page' },
        attempt_number: 1,
        data: { parent: { id: '13950b26-c203-4f3b-b97d-93ec06319565', type: 'space' } },
      },
    },
    docs: 'https://developers.notion.com/reference/webhooks',
  },
  {
    id: 'typeform',
    title: 'Typeform',
    event: { from: ['json:event_type'], names: ['form_response', 'form_response_partial'] },
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
    example: {
      json: {
        event_id: 'LtWXD3crgy',
        event_type: 'form_response',
        form_response: {
          form_id: 'lT4Z3j',
          token: 'a3a12ec67a1365927098a606107fac15',
          submitted_at: '2023-11-14T22:13:20Z',
          answers: [
            { type: 'text', text: 'Hello', field: { id: 'DlXFaesGBpoF', type: 'short_text' } },
            { type: 'number', number: 5, field: { id: 'SMEUb7VJz92Q', type: 'rating' } },
          ],
        },
      },
    },
    docs: 'https://www.typeform.com/developers/webhooks/secure-your-webhooks/',
  },
  {
    id: 'calendly',
    title: 'Calendly',
    event: {
      from: ['json:event'],
      names: ['invitee.created', 'invitee.canceled', 'invitee_no_show.created', 'routing_form_submission.created'],
    },
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:calendly-webhook-signature', split: ',', prefix: 'v1=' },
      ts: { from: 'sig:t=', tol: 180 },
      content: '{ts}.{body}',
      id: ['fields:json:created_at,body'],
    },
    secretLabel: 'Webhook signing key',
    setup: [
      'Make up a long random signing key, enter it here, and save.',
      VIA_API,
      'Give the same key as signing_key; an OAuth app has one of its own, which is shown when the app is created.',
    ],
    example: {
      json: {
        event: 'invitee.created',
        created_at: '2023-11-14T22:13:20.000000Z',
        created_by: 'https://api.calendly.com/users/AAAAAAAAAAAAAAAA',
        payload: {
          uri: 'https://api.calendly.com/scheduled_events/GBGBDCAADAEDCRZ2/invitees/AAAAAAAAAAAAAAAA',
          email: 'invitee@example.com',
          name: 'Example',
          status: 'active',
          timezone: 'UTC',
          rescheduled: false,
          scheduled_event: {
            uri: 'https://api.calendly.com/scheduled_events/GBGBDCAADAEDCRZ2',
            name: '15 Minute Meeting',
            start_time: '2023-11-20T10:00:00.000000Z',
            end_time: '2023-11-20T10:15:00.000000Z',
          },
          questions_and_answers: [],
        },
      },
    },
    docs: 'https://developer.calendly.com/docs/webhooks/overview',
  },
  {
    id: 'okta',
    title: 'Okta',
    event: {
      from: ['json:data.events[].eventType'],
      names: [
        'user.lifecycle.create',
        'user.lifecycle.activate',
        'user.lifecycle.deactivate',
        'user.session.start',
        'group.user_membership.add',
        'group.user_membership.remove',
      ],
    },
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
    example: {
      json: {
        eventType: 'com.okta.event_hook',
        eventTypeVersion: '1.0',
        cloudEventsVersion: '0.1',
        eventId: 'b5a188b9-5ece-4636-b041-482ffda96311',
        eventTime: '2023-11-14T22:13:20.000Z',
        source: 'https://example.okta.com/api/v1/eventHooks/who8vt36qfNpCGz9H1e6',
        data: {
          events: [
            {
              uuid: 'f790999f-fe87-467a-9880-6982a583986c',
              published: '2023-11-14T22:13:20.000Z',
              eventType: 'user.lifecycle.create',
              outcome: { result: 'SUCCESS' },
              target: [{ id: '00uras3k0d8mQ8TvE1d6', type: 'User', alternateId: 'user@example.com' }],
            },
          ],
        },
      },
    },
    docs: 'https://developer.okta.com/docs/concepts/event-hooks/',
  },
];
