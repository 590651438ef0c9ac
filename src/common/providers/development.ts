// Framework-free: services for those who build software.

import type { IdPlace } from '../presets';
import type { Provider } from './provider';
import { CHOOSE_EVENTS, COPY_SECRET, MAKE_UP_SECRET, PASTE_URL, SEND_TEST } from './steps';

/**
 * The header Linear-Delivery is not signed, and the body of a repeat has another `webhookTimestamp`. What tells one event
 * from others is signed: which webhook, what happened, when, and to what (`BaseWebhookPayload` of Linear's SDK).
 */
const LINEAR_ID = ['data', 'issueData', 'agentSession', 'notification'].map(
  (entity): IdPlace => `fields:json:webhookId,json:type,json:action,json:createdAt,json:${entity}.id`,
);

export const DEVELOPMENT: readonly Provider[] = [
  {
    id: 'github',
    title: 'GitHub',
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:x-hub-signature-256', prefix: 'sha256=' },
      content: '{body}',
      id: ['header:x-github-delivery'],
    },
    jsonFields: ['payload'],
    secretLabel: 'Webhook secret',
    setup: [
      'In the repository or organisation open “Settings”, “Webhooks”, “Add webhook”.',
      'Paste this URL as “Payload URL” and choose the content type “application/json”.',
      MAKE_UP_SECRET,
      'Choose the events, keep “Active” on, and save: GitHub sends a ping.',
    ],
    docs: 'https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries',
  },
  {
    id: 'gitlab',
    title: 'GitLab',
    scheme: {
      kind: 'token',
      sig: { from: 'header:x-gitlab-token' },
      // X-Gitlab-Event-UUID is no id of a delivery: calls that a call has set off carry the same one.
      id: ['header:idempotency-key'],
    },
    secretLabel: 'Secret token',
    setup: [
      'In the project or group open “Settings”, “Webhooks”, “Add new webhook”.',
      PASTE_URL,
      'Make up a long random token; enter it there as “Secret token” and here.',
      CHOOSE_EVENTS,
      'Use “Test” there and look for the call in the deliveries here.',
    ],
    docs: 'https://docs.gitlab.com/user/project/integrations/webhooks/',
  },
  {
    id: 'gitlab-signing',
    title: 'GitLab (signing token)',
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:webhook-signature', split: ' ', prefix: 'v1,', enc: 'base64' },
      ts: { from: 'header:webhook-timestamp', tol: 300 },
      content: '{header:webhook-id}.{ts}.{body}',
      key: { enc: 'base64', strip: 'whsec_' },
      id: ['header:webhook-id'],
    },
    secretLabel: 'Signing token (whsec_…)',
    setup: [
      'In the project or group open “Settings”, “Webhooks”, “Add new webhook”.',
      PASTE_URL,
      'Have GitLab generate a signing token, copy it with whsec_ in front, paste it here, and save.',
      CHOOSE_EVENTS,
    ],
    docs: 'https://docs.gitlab.com/user/project/integrations/webhooks/',
  },
  {
    id: 'bitbucket',
    title: 'Bitbucket Cloud',
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:x-hub-signature', prefix: 'sha256=' },
      content: '{body}',
      id: ['header:x-request-uuid'],
    },
    secretLabel: 'Webhook secret',
    setup: [
      'In the repository open “Repository settings”, “Webhooks”, “Add webhook”.',
      PASTE_URL,
      MAKE_UP_SECRET,
      CHOOSE_EVENTS,
    ],
    docs: 'https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/',
  },
  {
    id: 'jira',
    title: 'Jira Cloud',
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:x-hub-signature', prefix: 'sha256=' },
      content: '{body}',
      id: ['header:x-atlassian-webhook-identifier'],
    },
    secretLabel: 'Webhook secret',
    setup: [
      'As a Jira administrator open “System”, “WebHooks”, “Create a WebHook”.',
      PASTE_URL,
      MAKE_UP_SECRET,
      'Choose the events, keep “Exclude body” off, and save.',
    ],
    docs: 'https://developer.atlassian.com/cloud/jira/platform/webhooks/',
  },
  {
    id: 'gitee',
    title: 'Gitee',
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:x-gitee-token', enc: 'base64' },
      ts: { from: 'header:x-gitee-timestamp', unit: 'ms', tol: 3600 },
      content: '{ts}\n{secret}',
    },
    secretLabel: 'Signing key',
    setup: [
      'In the repository open “Settings”, “WebHooks”, “Add”.',
      PASTE_URL,
      'Choose the signing key, not the password, as the way to protect it; enter the same key here.',
      'Know that Gitee signs the time only: whoever sees a call can change its body for an hour.',
      CHOOSE_EVENTS,
    ],
    docs: 'https://gitee.com/help/articles/4290',
  },
  {
    id: 'gitee-password',
    title: 'Gitee (password)',
    scheme: { kind: 'token', sig: { from: 'header:x-gitee-token' } },
    secretLabel: 'Password',
    setup: [
      'In the repository open “Settings”, “WebHooks”, “Add”.',
      PASTE_URL,
      'Choose the password as the way to protect it; enter the same password here.',
      CHOOSE_EVENTS,
    ],
    docs: 'https://gitee.com/help/articles/4290',
  },
  {
    id: 'linear',
    title: 'Linear',
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:linear-signature' },
      ts: { from: 'json:webhookTimestamp', unit: 'ms', tol: 60 },
      content: '{body}',
      id: LINEAR_ID,
    },
    secretLabel: 'Signing secret',
    setup: [
      'As a workspace administrator open “Settings”, “API”, “New webhook”.',
      PASTE_URL,
      CHOOSE_EVENTS,
      COPY_SECRET,
    ],
    docs: 'https://linear.app/developers/webhooks',
  },
  {
    id: 'sentry',
    title: 'Sentry',
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:sentry-hook-signature' },
      content: '{body}',
      id: ['header:request-id'],
    },
    secretLabel: 'Client secret',
    setup: [
      'Open “Settings”, “Custom Integrations” and create an internal integration.',
      'Paste this URL as “Webhook URL” and switch “Alert Rule Action” on if alerts should call it.',
      CHOOSE_EVENTS,
      'Copy the “Client Secret” of the integration, paste it here, and save.',
    ],
    docs: 'https://docs.sentry.io/organization/integrations/integration-platform/webhooks/',
  },
  {
    id: 'pagerduty',
    title: 'PagerDuty',
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:x-pagerduty-signature', split: ',', prefix: 'v1=' },
      content: '{body}',
      id: ['json:event.id'],
    },
    secretLabel: 'Signing secret',
    setup: [
      'Open “Integrations”, “Generic Webhooks (v3)”, “New Webhook”.',
      PASTE_URL,
      CHOOSE_EVENTS,
      'Copy the signing secret, which PagerDuty shows only once, paste it here, and save.',
      SEND_TEST,
    ],
    docs: 'https://developer.pagerduty.com/docs/verifying-webhook-signatures',
  },
];
