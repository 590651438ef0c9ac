// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const BUILDKITE: Provider = {
  id: 'buildkite',
  title: 'Buildkite',
  event: {
    from: ['json:event'],
    names: [
      'build.scheduled',
      'build.running',
      'build.failing',
      'build.finished',
      'job.scheduled',
      'job.started',
      'job.finished',
      'job.activated',
      'agent.connected',
      'agent.disconnected',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-buildkite-signature',
      split: ',',
      prefix: 'signature=',
    },
    ts: {
      from: 'sig:timestamp=',
      tol: 300,
    },
    content: '{ts}.{body}',
    handshake: [
      { kind: 'ping', when: { method: 'POST', 'json:event': 'ping' }, auth: 'signature', reply: { status: 200 } },
    ],
  },
  secretLabel: 'Signing secret',
  setup: [
    'At Buildkite open “Notification Services”, “Webhook”.',
    PASTE_URL,
    'Choose “Send an HMAC signature”, copy the token, and paste it here.',
  ],
  example: {
    json: {
      event: 'build.finished',
      build: {
        id: '018a2f4e-0000-4000-8000-000000000000',
        number: 1,
        state: 'passed',
        blocked: false,
        branch: 'main',
        commit: 'a65572555600c07c7ee79a2bd909220e1ca5485b',
        message: 'Fix readme',
      },
      pipeline: { id: '018a2f4e-0000-4000-8000-000000000001', slug: 'web', name: 'Web' },
      sender: { id: '8a7693f8-dbae-4783-9137-84090fce9045', name: 'Example' },
    },
  },
  docs: 'https://buildkite.com/docs/apis/webhooks/pipelines#webhook-signature',
};
