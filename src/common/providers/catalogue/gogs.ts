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
      repository: {
        full_name: 'gitea/webhooks',
      },
      commits: [],
    },
  },
  docs: 'https://gogs.io/advancing/webhooks',
};
