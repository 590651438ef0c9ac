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
      actor: { id: 1, name: 'example', displayName: 'Example', emailAddress: 'example@example.com', slug: 'example' },
      pullRequest: {
        id: 1,
        version: 0,
        title: 'A new page',
        description: 'Adds a page',
        state: 'OPEN',
        open: true,
        closed: false,
        createdDate: 1700000000000,
        updatedDate: 1700000000000,
        fromRef: { id: 'refs/heads/page', displayId: 'page', latestCommit: '3980c2be32a7e23c795741d5dc1a2eecb9b85d6d' },
        toRef: {
          id: 'refs/heads/main',
          displayId: 'main',
          latestCommit: '508d1b67f1f8f3a25f543a030a7a178894aa9907',
          repository: { id: 2, slug: 'example', name: 'example', project: { id: 2, key: 'EX', name: 'Example' } },
        },
        reviewers: [],
      },
    },
  },
  docs: 'https://confluence.atlassian.com/bitbucketserver/manage-webhooks-938025878.html',
};
