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
        id: '018a',
        number: 1,
        state: 'passed',
      },
      pipeline: {
        slug: 'web',
      },
    },
  },
  docs: 'https://buildkite.com/docs/apis/webhooks',
};
