// Framework-free.

import type { Provider } from '../provider';
import { CHOOSE_EVENTS, MAKE_UP_SECRET, PASTE_URL } from '../steps';

export const BITBUCKET_SERVER: Provider = {
  id: 'bitbucket-server',
  title: 'Bitbucket Server / Data Center',
  event: {
    from: ['header:x-event-key'],
    names: [
      'repo:refs_changed',
      'pr:opened',
      'pr:modified',
      'pr:merged',
      'pr:declined',
      'pr:deleted',
      'pr:comment:added',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-hub-signature',
      prefix: 'sha256=',
    },
    content: '{body}',
    id: ['header:x-request-id'],
    handshake: [
      {
        kind: 'diagnostics:ping',
        when: {
          method: 'POST',
          'header:x-event-key': 'diagnostics:ping',
        },
        auth: 'none',
        reply: {
          status: 200,
        },
      },
    ],
  },
  secretLabel: 'Signing secret',
  setup: ['At Bitbucket open “Repository settings”, “Webhooks”.', PASTE_URL, MAKE_UP_SECRET, CHOOSE_EVENTS],
  example: {
    json: {
      eventKey: 'pr:opened',
      date: '2023-11-14T22:13:20+0000',
      pullRequest: {
        id: 1,
        title: 'a',
      },
    },
  },
  docs: 'https://confluence.atlassian.com/bitbucketserver/manage-webhooks-938025878.html',
};
