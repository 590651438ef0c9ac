// Framework-free: services for those who build software.

import type { IdPlace } from '../presets';
import type { ExampleBody, Provider, ProviderEvents } from './provider';
import { CHOOSE_EVENTS, COPY_SECRET, MAKE_UP_SECRET, PASTE_URL, SEND_TEST } from './steps';

/**
 * The header Linear-Delivery is not signed, and the body of a repeat has another `webhookTimestamp`. What tells one event
 * from others is signed: which webhook, what happened, when, and to what (`BaseWebhookPayload` of Linear's SDK).
 */
const LINEAR_ID = ['data', 'issueData', 'agentSession', 'notification'].map(
  (entity): IdPlace => `fields:json:webhookId,json:type,json:action,json:createdAt,json:${entity}.id`,
);

const GITLAB_EVENT: ProviderEvents = {
  from: ['header:x-gitlab-event'],
  names: [
    'Push Hook',
    'Tag Push Hook',
    'Issue Hook',
    'Note Hook',
    'Merge Request Hook',
    'Wiki Page Hook',
    'Pipeline Hook',
    'Job Hook',
    'Deployment Hook',
    'Release Hook',
  ],
};

const GITLAB_PUSH: ExampleBody = {
  json: {
    object_kind: 'push',
    event_name: 'push',
    before: '95790bf891e76fee5e1747ab589903a6a1f80f22',
    after: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
    ref: 'refs/heads/master',
    user_username: 'example',
    project_id: 15,
    project: { id: 15, name: 'Example', path_with_namespace: 'example/example', default_branch: 'master' },
    commits: [
      {
        id: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
        message: 'Fix readme\n',
        timestamp: '2023-11-14T22:13:20+00:00',
      },
    ],
    total_commits_count: 1,
  },
};

export const DEVELOPMENT: readonly Provider[] = [
  {
    id: 'github',
    title: 'GitHub',
    event: {
      from: ['header:x-github-event'],
      names: [
        'push',
        'pull_request',
        'issues',
        'issue_comment',
        'release',
        'workflow_run',
        'star',
        'fork',
        'create',
        'delete',
      ],
    },
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:x-hub-signature-256', prefix: 'sha256=' },
      content: '{body}',
      id: ['header:x-github-delivery'],
      handshake: [
        {
          kind: 'ping',
          when: { method: 'POST', 'header:x-github-event': 'ping' },
          auth: 'signature',
          reply: { status: 200 },
        },
      ],
    },
    jsonFields: ['payload'],
    secretLabel: 'Webhook secret',
    setup: [
      'In the repository or organisation open “Settings”, “Webhooks”, “Add webhook”.',
      'Paste this URL as “Payload URL” and choose the content type “application/json”.',
      MAKE_UP_SECRET,
      'Choose the events, keep “Active” on, and save: GitHub sends a ping.',
    ],
    example: {
      json: {
        ref: 'refs/heads/main',
        before: '6113728f27ae82c7b1a177c8d03f9e96e0adf246',
        after: '0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c',
        created: false,
        deleted: false,
        forced: false,
        repository: { id: 186853002, full_name: 'example/hello-world', private: false, default_branch: 'main' },
        pusher: { name: 'example' },
        sender: { login: 'example', id: 21031067 },
        commits: [
          {
            id: '0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c',
            message: 'Update README.md',
            timestamp: '2023-11-14T22:13:20Z',
            added: [],
            removed: [],
            modified: ['README.md'],
          },
        ],
      },
    },
    docs: 'https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries',
  },
  {
    id: 'gitlab',
    title: 'GitLab',
    event: GITLAB_EVENT,
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
    example: GITLAB_PUSH,
    docs: 'https://docs.gitlab.com/user/project/integrations/webhooks/',
  },
  {
    id: 'gitlab-signing',
    title: 'GitLab (signing token)',
    event: GITLAB_EVENT,
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
    example: GITLAB_PUSH,
    docs: 'https://docs.gitlab.com/user/project/integrations/webhooks/',
  },
  {
    id: 'bitbucket',
    title: 'Bitbucket Cloud',
    event: {
      from: ['header:x-event-key'],
      names: [
        'repo:push',
        'pullrequest:created',
        'pullrequest:updated',
        'pullrequest:fulfilled',
        'pullrequest:rejected',
        'pullrequest:comment_created',
        'issue:created',
        'issue:updated',
      ],
    },
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
    example: {
      json: {
        actor: { type: 'user', display_name: 'Example' },
        repository: { type: 'repository', full_name: 'example/repo', uuid: '{673a6070-3421-46c9-9d48-90745f7bfe8e}' },
        push: {
          changes: [
            {
              created: false,
              closed: false,
              forced: false,
              new: {
                type: 'branch',
                name: 'main',
                target: { hash: '709d658dc5b6d6afcd46049c2f332ee3f515a67d', message: 'new commit\n' },
              },
            },
          ],
        },
      },
    },
    docs: 'https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/',
  },
  {
    id: 'jira',
    title: 'Jira Cloud',
    event: {
      from: ['json:webhookEvent'],
      names: [
        'jira:issue_created',
        'jira:issue_updated',
        'jira:issue_deleted',
        'comment_created',
        'comment_updated',
        'comment_deleted',
        'worklog_created',
        'sprint_started',
      ],
    },
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
    example: {
      json: {
        timestamp: 1700000000000,
        webhookEvent: 'jira:issue_created',
        issue_event_type_name: 'issue_created',
        issue: {
          id: '10002',
          key: 'TEST-1',
          fields: {
            summary: 'A new issue',
            issuetype: { name: 'Task' },
            project: { key: 'TEST' },
            status: { name: 'To Do' },
          },
        },
      },
    },
    docs: 'https://developer.atlassian.com/cloud/jira/platform/webhooks/',
  },
  {
    id: 'gitee',
    title: 'Gitee',
    event: {
      from: ['header:x-gitee-event'],
      names: ['Push Hook', 'Tag Push Hook', 'Issue Hook', 'Merge Request Hook', 'Note Hook'],
    },
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
    example: {
      json: {
        hook_name: 'push_hooks',
        timestamp: '1700000000000',
        ref: 'refs/heads/master',
        before: '0000000000000000000000000000000000000000',
        after: '1c50471b92c2e5b0e8ed5ce2e4a1d5d6ef5c1e2b',
        created: false,
        deleted: false,
        commits: [
          {
            id: '1c50471b92c2e5b0e8ed5ce2e4a1d5d6ef5c1e2b',
            message: 'Add a page',
            timestamp: '2023-11-14T22:13:20+08:00',
          },
        ],
        repository: { id: 120249025, full_name: 'example/repo', url: 'https://gitee.com/example/repo' },
      },
    },
    docs: 'https://gitee.com/help/articles/4290',
  },
  {
    id: 'gitee-password',
    title: 'Gitee (password)',
    event: {
      from: ['header:x-gitee-event'],
      names: ['Push Hook', 'Tag Push Hook', 'Issue Hook', 'Merge Request Hook', 'Note Hook'],
    },
    scheme: { kind: 'token', sig: { from: 'header:x-gitee-token' } },
    secretLabel: 'Password',
    setup: [
      'In the repository open “Settings”, “WebHooks”, “Add”.',
      PASTE_URL,
      'Choose the password as the way to protect it; enter the same password here.',
      CHOOSE_EVENTS,
    ],
    example: {
      json: {
        password: '…',
        hook_name: 'push_hooks',
        timestamp: '1700000000000',
        ref: 'refs/heads/master',
        before: '0000000000000000000000000000000000000000',
        after: '1c50471b92c2e5b0e8ed5ce2e4a1d5d6ef5c1e2b',
        created: false,
        deleted: false,
        commits: [
          {
            id: '1c50471b92c2e5b0e8ed5ce2e4a1d5d6ef5c1e2b',
            message: 'Add a page',
            timestamp: '2023-11-14T22:13:20+08:00',
          },
        ],
        repository: { id: 120249025, full_name: 'example/repo', url: 'https://gitee.com/example/repo' },
      },
    },
    docs: 'https://gitee.com/help/articles/4290',
  },
  {
    id: 'linear',
    title: 'Linear',
    event: {
      from: ['header:linear-event'],
      names: ['Issue', 'Comment', 'Project', 'Cycle', 'IssueLabel', 'Reaction', 'Document'],
    },
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
    example: {
      json: {
        action: 'create',
        type: 'Issue',
        createdAt: '2023-11-14T22:13:20.000Z',
        data: {
          id: '2174add1-f7c8-44e3-bbf3-2d60b5ea8bc9',
          identifier: 'ENG-1',
          title: 'A new issue',
          priority: 0,
          teamId: '72b2a2dc-6f4f-4423-9d34-24b5bd10634a',
        },
        url: 'https://linear.app/issue/ENG-1',
        webhookTimestamp: 1700000000000,
        webhookId: '000042e3-d123-4980-b49f-8e140eef9329',
      },
    },
    docs: 'https://linear.app/developers/webhooks',
  },
  {
    id: 'sentry',
    title: 'Sentry',
    event: {
      from: ['header:sentry-hook-resource'],
      names: ['installation', 'issue', 'error', 'comment', 'event_alert', 'metric_alert'],
    },
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
    example: {
      json: {
        action: 'created',
        installation: {
          uuid: 'a8e5d37a-696c-4c54-adb5-b3f28d64c7de',
          status: 'installed',
          app: { slug: 'example', uuid: '64bf2cf4-37ca-4365-8dd3-6b6e56d741b8' },
          organization: { slug: 'example' },
          code: '…',
        },
      },
    },
    docs: 'https://docs.sentry.io/organization/integrations/integration-platform/webhooks/',
  },
  {
    id: 'pagerduty',
    title: 'PagerDuty',
    event: {
      from: ['json:event.event_type'],
      names: [
        'incident.triggered',
        'incident.acknowledged',
        'incident.escalated',
        'incident.reassigned',
        'incident.resolved',
        'incident.annotated',
        'service.created',
      ],
    },
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:x-pagerduty-signature', split: ',', prefix: 'v1=' },
      content: '{body}',
      id: ['json:event.id'],
      handshake: [
        {
          kind: 'pagey.ping',
          when: { method: 'POST', 'json:event.event_type': 'pagey.ping' },
          auth: 'signature',
          reply: { status: 200 },
        },
      ],
    },
    secretLabel: 'Signing secret',
    setup: [
      'Open “Integrations”, “Generic Webhooks (v3)”, “New Webhook”.',
      PASTE_URL,
      CHOOSE_EVENTS,
      'Copy the signing secret, which PagerDuty shows only once, paste it here, and save.',
      SEND_TEST,
    ],
    example: {
      json: {
        event: {
          id: '01BWDWL3NYY7LUFPZCC28QUCMK',
          event_type: 'incident.triggered',
          resource_type: 'incident',
          occurred_at: '2023-11-14T22:13:20.000Z',
          data: {
            id: 'PGR0VU2',
            type: 'incident',
            html_url: 'https://acme.pagerduty.com/incidents/PGR0VU2',
            number: 2,
            status: 'triggered',
            title: 'A little bump in the road',
            urgency: 'high',
          },
        },
      },
    },
    docs: 'https://developer.pagerduty.com/docs/verifying-webhook-signatures',
  },
];
