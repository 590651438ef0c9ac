// Framework-free: services that people talk through.

import type { Provider } from '../providers';

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
    secretLabel: 'Signing secret',
    setup: [
      'At api.slack.com/apps open your app, or create one.',
      'On “Basic Information”, under “App Credentials”, copy the “Signing Secret”, paste it here, and save.',
      'On “Event Subscriptions” switch events on and enter this URL: Slack checks it at once.',
      'Subscribe to the events that you want, save, and reinstall the app if Slack asks for it.',
    ],
    docs: 'https://docs.slack.dev/authentication/verifying-requests-from-slack',
  },
];
