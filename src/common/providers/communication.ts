// Framework-free: services that people talk through.

import type { Provider } from './provider';
import { CHOOSE_EVENTS, PASTE_URL, SAVE_HERE_FIRST, SEND_TEST } from './steps';

export const COMMUNICATION: readonly Provider[] = [
  {
    id: 'slack',
    title: 'Slack',
    // Of the Events API, of interactivity, of a slash command.
    event: {
      from: ['json:event.type', 'form-json:payload.type', 'form:command'],
      names: [
        'app_mention',
        'message',
        'reaction_added',
        'member_joined_channel',
        'channel_created',
        'app_home_opened',
        'team_join',
        'block_actions',
        'shortcut',
        'message_action',
        'view_submission',
      ],
    },
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:x-slack-signature', prefix: 'v0=' },
      ts: { from: 'header:x-slack-request-timestamp', tol: 300 },
      content: 'v0:{ts}:{body}',
      id: ['json:event_id'],
      handshake: [
        {
          kind: 'url_verification',
          when: { method: 'POST', 'json:type': 'url_verification' },
          auth: 'signature',
          reply: { status: 200, type: 'text/plain', body: '{json:challenge}' },
        },
      ],
    },
    jsonFields: ['payload'],
    secretLabel: 'Signing secret',
    setup: [
      'At api.slack.com/apps open your app, or create one.',
      'On “Basic Information”, under “App Credentials”, copy the “Signing Secret” and paste it here.',
      SAVE_HERE_FIRST,
      'On “Event Subscriptions” switch events on and enter this URL; slash commands and “Interactivity” can call it as well.',
      'Subscribe to the events that you want, save, and reinstall the app if Slack asks for it.',
    ],
    example: {
      json: {
        token: 'z26uFbvR1xHJEdHE1OQiO6t8',
        team_id: 'T123ABC456',
        api_app_id: 'A123ABC456',
        event: {
          type: 'app_mention',
          user: 'U123ABC456',
          text: '<@U0LAN0Z89> hello',
          ts: '1700000000.000100',
          channel: 'C123ABC456',
          event_ts: '1700000000.000100',
        },
        type: 'event_callback',
        event_id: 'Ev123ABC456',
        event_time: 1700000000,
      },
    },
    docs: 'https://docs.slack.dev/authentication/verifying-requests-from-slack',
  },
  {
    id: 'discord',
    title: 'Discord',
    event: {
      from: ['json:event.type'],
      names: ['APPLICATION_AUTHORIZED', 'APPLICATION_DEAUTHORIZED', 'ENTITLEMENT_CREATE', 'QUEST_USER_ENROLLMENT'],
    },
    scheme: {
      kind: 'ed25519',
      sig: { from: 'header:x-signature-ed25519' },
      // Discord sends an event again for up to 10 minutes.
      ts: { from: 'header:x-signature-timestamp', tol: 900 },
      content: '{ts}{body}',
      key: { enc: 'raw-hex' },
      id: ['json:id', 'fields:json:event.timestamp,body'],
      handshake: [
        {
          kind: 'interaction ping',
          when: { 'json:type': 1, has: 'json:token' },
          auth: 'signature',
          reply: { status: 200, type: 'application/json', body: '{"type":1}' },
        },
        { kind: 'event ping', when: { 'json:type': 0 }, auth: 'signature', reply: { status: 204 } },
      ],
    },
    secretLabel: 'Public key of the application',
    setup: [
      'In the Discord developer portal open your application.',
      'On “General Information” copy the “Public Key” and paste it here.',
      SAVE_HERE_FIRST,
      'Enter this URL as “Interactions Endpoint URL”, or on “Webhooks” as “Endpoint” for events.',
      'Interactions want their answer within 3 seconds: set this workflow to run synchronously for them.',
    ],
    example: {
      json: {
        version: 1,
        application_id: '1234560123453231555',
        type: 1,
        event: {
          type: 'APPLICATION_AUTHORIZED',
          timestamp: '2023-11-14T22:13:20.000000',
          data: {
            integration_type: 1,
            scopes: ['applications.commands'],
            user: { id: '1234560123453231555', username: 'example' },
          },
        },
      },
    },
    docs: 'https://discord.com/developers/docs/interactions/overview',
  },
  {
    id: 'telegram',
    title: 'Telegram Bot API',
    scheme: {
      kind: 'token',
      sig: { from: 'header:x-telegram-bot-api-secret-token' },
      id: ['json:update_id'],
    },
    secretLabel: 'Secret token',
    setup: [
      'Create a bot with @BotFather, or take one that you have.',
      'Make up a secret token of 1 to 256 letters, digits, _ and -, enter it here, and save.',
      'Call the Bot API’s setWebhook with this URL as url and the same token as secret_token.',
      'Call getWebhookInfo if nothing arrives: it names the last error.',
    ],
    example: {
      json: {
        update_id: 10000,
        message: {
          message_id: 1365,
          date: 1700000000,
          chat: { id: 1111111, type: 'private', first_name: 'Example' },
          from: { id: 1111111, is_bot: false, first_name: 'Example' },
          text: '/start',
        },
      },
    },
    docs: 'https://core.telegram.org/bots/api#setwebhook',
  },
  {
    id: 'zoom',
    title: 'Zoom',
    event: {
      from: ['json:event'],
      names: [
        'meeting.started',
        'meeting.ended',
        'meeting.participant_joined',
        'meeting.participant_left',
        'recording.completed',
        'webinar.started',
        'user.created',
      ],
    },
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:x-zm-signature', prefix: 'v0=' },
      ts: { from: 'header:x-zm-request-timestamp', tol: 300 },
      content: 'v0:{ts}:{body}',
      // The time of the event stays; that of the header is new at each try.
      id: ['fields:json:event_ts,body'],
      handshake: [
        {
          kind: 'endpoint.url_validation',
          when: { 'json:event': 'endpoint.url_validation' },
          auth: 'signature',
          reply: {
            status: 200,
            type: 'application/json',
            body: '{"plainToken":"{json:payload.plainToken}","encryptedToken":"{hmac-hex:json:payload.plainToken}"}',
          },
        },
      ],
    },
    secretLabel: 'Secret token',
    setup: [
      'In the Zoom App Marketplace open your app under “Manage”.',
      'On “Feature” or “Access” copy the “Secret Token” and paste it here.',
      SAVE_HERE_FIRST,
      'Switch event subscriptions on, add one with this URL, and press “Validate”.',
      CHOOSE_EVENTS,
    ],
    example: {
      json: {
        event: 'meeting.started',
        event_ts: 1700000000000,
        payload: {
          account_id: 'AAAAAABBBB',
          object: {
            id: '1234567890',
            uuid: '4444AAAiAAAAAiAiAiiAii==',
            topic: 'My Meeting',
            type: 2,
            start_time: '2023-11-14T22:13:20Z',
            timezone: 'UTC',
            duration: 60,
          },
        },
      },
    },
    docs: 'https://developers.zoom.us/docs/api/webhooks/',
  },
  {
    id: 'intercom',
    title: 'Intercom',
    event: {
      from: ['json:topic'],
      names: [
        'conversation.user.created',
        'conversation.user.replied',
        'conversation.admin.replied',
        'conversation.admin.closed',
        'user.created',
      ],
    },
    scheme: {
      kind: 'hmac',
      alg: 'sha1',
      sig: { from: 'header:x-hub-signature', prefix: 'sha1=' },
      content: '{body}',
      id: ['json:id', 'fields:json:created_at,body'],
    },
    secretLabel: 'Client secret',
    setup: [
      'In the Intercom developer hub open your app, and there “Webhooks”.',
      'On “Basic information” copy the “Client secret”, paste it here, and save.',
      PASTE_URL,
      'Choose the topics that you want, and save.',
      SEND_TEST,
    ],
    example: {
      json: {
        type: 'notification_event',
        app_id: 'a86dr8yl',
        id: 'notif_ccd8a4d0-f965-11e3-a367-c779cae3e1b3',
        topic: 'conversation.user.created',
        created_at: 1700000000,
        delivery_attempts: 1,
        data: {
          type: 'notification_event_data',
          item: { type: 'conversation', id: '123', created_at: 1700000000, state: 'open' },
        },
      },
    },
    docs: 'https://developers.intercom.com/docs/webhooks/webhook-notifications',
  },
  {
    id: 'twilio',
    title: 'Twilio',
    // Of Conversations, of a message, of a call.
    event: {
      from: ['form:EventType', 'form:MessageStatus', 'form:SmsStatus', 'form:CallStatus'],
      names: [
        'received',
        'queued',
        'sent',
        'delivered',
        'undelivered',
        'failed',
        'read',
        'ringing',
        'in-progress',
        'completed',
        'busy',
        'no-answer',
        'onMessageAdded',
      ],
    },
    scheme: null,
    covers: { body: 'whole', url: true, tolerance: null },
    idSigned: true,
    secretLabel: 'Auth token',
    setup: [
      'In the Twilio console copy the “Auth Token” of the account, paste it here, and save.',
      'Open what should call: a phone number, a messaging service or a Studio flow.',
      'Paste this URL there exactly as it is shown here, because Twilio signs it; choose HTTP POST.',
      'While you change the auth token, keep the old one and the new one here.',
      'Where a Webhooks Rule signs with a SharedKey, add the secret of that key here too.',
    ],
    example: {
      text: 'ToCountry=US&MessageSid=SM00000000000000000000000000000000&AccountSid=AC00000000000000000000000000000000&From=%2B15550000001&To=%2B15550000000&Body=Hello&NumMedia=0&NumSegments=1&SmsStatus=received&ApiVersion=2010-04-01',
      contentType: 'application/x-www-form-urlencoded',
    },
    docs: 'https://www.twilio.com/docs/usage/security#validating-requests',
  },
  {
    id: 'sendgrid',
    title: 'Twilio SendGrid',
    event: {
      from: ['json:[].event'],
      names: [
        'processed',
        'deferred',
        'delivered',
        'bounce',
        'dropped',
        'open',
        'click',
        'spamreport',
        'unsubscribe',
        'group_unsubscribe',
        'group_resubscribe',
      ],
    },
    scheme: {
      kind: 'ecdsa',
      sig: { from: 'header:x-twilio-email-event-webhook-signature', enc: 'base64' },
      // SendGrid sends again for 24 hours.
      ts: { from: 'header:x-twilio-email-event-webhook-timestamp', tol: 86_400 },
      content: '{ts}{body}',
      key: { enc: 'spki-base64' },
      id: ['json:[].sg_event_id'],
    },
    secretLabel: 'Verification key',
    setup: [
      'Open “Settings”, “Mail Settings”, “Event Webhooks” and create a webhook.',
      'Paste this URL as “Post URL” and choose the events.',
      'Under “Security features” switch “Signed Event Webhook” on, and save.',
      'Open the webhook again, copy its “Verification Key”, paste it here, and save.',
    ],
    example: {
      json: [
        {
          email: 'recipient@example.com',
          timestamp: 1700000000,
          'smtp-id': '<14c5d75ce93.dfd.64b469@example.com>',
          event: 'delivered',
          category: ['cat facts'],
          sg_event_id: 'ZGVsaXZlcmVkLTAtMTQyNDQyMjQ',
          sg_message_id: '14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0',
          response: '250 OK',
        },
      ],
    },
    docs: 'https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features',
  },
  {
    id: 'mailgun',
    title: 'Mailgun',
    event: {
      from: ['json:event-data.event'],
      names: ['accepted', 'delivered', 'failed', 'opened', 'clicked', 'unsubscribed', 'complained', 'stored'],
    },
    scheme: {
      kind: 'hmac',
      sig: { from: 'json:signature.signature' },
      // Mailgun sends again for 8 hours.
      ts: { from: 'json:signature.timestamp', tol: 32_400 },
      content: '{ts}{json:signature.token}',
      id: ['json:signature.token'],
    },
    secretLabel: 'HTTP webhook signing key',
    setup: [
      'Open “API Security”, copy the “HTTP webhook signing key”, paste it here, and save.',
      'Open “Send”, “Sending”, “Webhooks”, choose the domain, and add a webhook.',
      PASTE_URL,
      'Know that Mailgun signs a time and a token only, not the event: keep this URL to yourself.',
      SEND_TEST,
    ],
    example: {
      json: {
        signature: {
          timestamp: '1700000000',
          token: 'a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0',
          signature: 'd2271d12299f6592d9d44cd9d250f0704e4674c30d79d07c47a66f95ce71cf55',
        },
        'event-data': {
          event: 'delivered',
          timestamp: 1700000000.0,
          id: 'CPgfbmQMTCKtHW6uIWtuVe',
          recipient: 'recipient@example.com',
          message: { headers: { 'message-id': '20231114221320.1.0000@example.com', subject: 'Hello' } },
        },
      },
    },
    docs: 'https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks',
  },
  {
    id: 'meta',
    title: 'Meta (Facebook, Instagram, WhatsApp)',
    event: {
      from: ['json:entry[].changes[].field'],
      names: [
        'messages',
        'message_template_status_update',
        'account_update',
        'feed',
        'leadgen',
        'comments',
        'mentions',
      ],
    },
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:x-hub-signature-256', prefix: 'sha256=' },
      content: '{body}',
      id: [
        'json:entry[].changes[].value.messages[].id',
        'fields:json:entry[].changes[].value.statuses[].timestamp,body',
        'fields:json:entry[].time,body',
      ],
      handshake: [
        {
          kind: 'hub.challenge',
          when: { method: 'GET', 'query:hub.mode': 'subscribe' },
          auth: { from: 'query:hub.verify_token', equals: 'config:verifyToken' },
          reply: { status: 200, type: 'text/plain', body: '{query:hub.challenge}' },
        },
      ],
    },
    secretLabel: 'App secret',
    options: [
      {
        name: 'verifyToken',
        label: 'Verify token',
        help: 'Make it up; Meta sends it when it checks the URL.',
        required: true,
        secret: true,
      },
    ],
    setup: [
      'In Meta’s app dashboard open “App settings”, “Basic”, copy the “App secret” and paste it here.',
      'Make up a verify token and enter it here.',
      SAVE_HERE_FIRST,
      'Open “Webhooks”, or “WhatsApp”, “Configuration”, enter this URL as “Callback URL” and the same verify token.',
      'Subscribe to the fields that you want.',
    ],
    example: {
      json: {
        object: 'whatsapp_business_account',
        entry: [
          {
            id: '102290129340398',
            changes: [
              {
                field: 'messages',
                value: {
                  messaging_product: 'whatsapp',
                  metadata: { display_phone_number: '15550783881', phone_number_id: '106540352242922' },
                  messages: [
                    {
                      from: '15550000000',
                      id: 'wamid.HBgLMTU1NTAwMDAwMDAVAgASGAA=',
                      timestamp: '1700000000',
                      type: 'text',
                      text: { body: 'Hello' },
                    },
                  ],
                },
              },
            ],
          },
        ],
      },
    },
    docs: 'https://developers.facebook.com/docs/graph-api/webhooks/getting-started',
  },
];
