// Framework-free.

import type { Provider } from '../provider';
import { CHOOSE_EVENTS, JSON_BODY, MAKE_UP_SECRET, PASTE_URL } from '../steps';

export const GOGS: Provider = {
  id: 'gogs',
  title: 'Gogs',
  event: {
    from: ['header:x-gogs-event'],
    names: ['push', 'create', 'delete', 'fork', 'issues', 'issue_comment', 'pull_request', 'release'],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-gogs-signature',
    },
    content: '{body}',
    id: ['header:x-gogs-delivery'],
  },
  secretLabel: 'Signing secret',
  setup: ['At Gogs open “Settings”, “Webhooks”, “Add webhook”.', PASTE_URL, JSON_BODY, MAKE_UP_SECRET, CHOOSE_EVENTS],
  example: {
    json: {
      ref: 'refs/heads/main',
      before: '28e1879d029cb852e4844d9c718537df08844e03',
      after: 'bffeb74224043ba2feb48d137756c8a9331c449a',
      compare_url: 'https://gogs.example.com/example/repo/compare/28e1879d...bffeb742',
      commits: [
        {
          id: 'bffeb74224043ba2feb48d137756c8a9331c449a',
          message: 'Update README\n',
          url: 'https://gogs.example.com/example/repo/commit/bffeb742',
          author: { name: 'Example', email: 'example@example.com', username: 'example' },
        },
      ],
      repository: { id: 140, full_name: 'example/repo', private: false, default_branch: 'main' },
      pusher: { id: 1, username: 'example' },
      sender: { id: 1, username: 'example' },
    },
  },
  docs: 'https://gogs.io/advancing/webhooks',
};
