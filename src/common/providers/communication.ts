// Framework-free: services that people talk through.

import type { Provider } from './provider';
import { CHOOSE_EVENTS, PASTE_URL, SAVE_HERE_FIRST, SEND_TEST } from './steps';

export const COMMUNICATION: readonly Provider[] = [
  {
    id: 'slack',
    title: 'Slack',
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
    docs: 'https://docs.slack.dev/authentication/verifying-requests-from-slack',
  },
  {
    id: 'discord',
    title: 'Discord',
    scheme: {
      kind: 'ed25519',
      sig: { from: 'header:x-signature-ed25519' },
      // Discord sends an event again for up to 10 minutes.
      ts: { from: 'header:x-signature-timestamp', tol: 900 },
      content: '{ts}{body}',
      key: { enc: 'raw-hex' },
      id: ['json:id'],
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
    docs: 'https://core.telegram.org/bots/api#setwebhook',
  },
  {
    id: 'zoom',
    title: 'Zoom',
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:x-zm-signature', prefix: 'v0=' },
      ts: { from: 'header:x-zm-request-timestamp', tol: 300 },
      content: 'v0:{ts}:{body}',
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
    docs: 'https://developers.zoom.us/docs/api/webhooks/',
  },
  {
    id: 'intercom',
    title: 'Intercom',
    scheme: {
      kind: 'hmac',
      alg: 'sha1',
      sig: { from: 'header:x-hub-signature', prefix: 'sha1=' },
      content: '{body}',
      id: ['json:id'],
    },
    secretLabel: 'Client secret',
    setup: [
      'In the Intercom developer hub open your app, and there “Webhooks”.',
      'On “Basic information” copy the “Client secret”, paste it here, and save.',
      PASTE_URL,
      'Choose the topics that you want, and save.',
      SEND_TEST,
    ],
    docs: 'https://developers.intercom.com/docs/webhooks/webhook-notifications',
  },
  {
    id: 'twilio',
    title: 'Twilio',
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
    docs: 'https://www.twilio.com/docs/usage/security#validating-requests',
  },
  {
    id: 'sendgrid',
    title: 'Twilio SendGrid',
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
    docs: 'https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features',
  },
  {
    id: 'mailgun',
    title: 'Mailgun',
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
    docs: 'https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks',
  },
  {
    id: 'meta',
    title: 'Meta (Facebook, Instagram, WhatsApp)',
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:x-hub-signature-256', prefix: 'sha256=' },
      content: '{body}',
      id: ['json:entry[].changes[].value.messages[].id'],
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
    docs: 'https://developers.facebook.com/docs/graph-api/webhooks/getting-started',
  },
];
