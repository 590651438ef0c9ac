// Framework-free.

import type { Provider } from '../provider';
import { CHOOSE_EVENTS, JSON_BODY, MAKE_UP_SECRET, PASTE_URL } from '../steps';

export const GITEA: Provider = {
  id: 'gitea',
  title: 'Gitea / Forgejo',
  event: {
    from: ['header:x-gitea-event'],
    names: ['push', 'create', 'delete', 'fork', 'issues', 'issue_comment', 'pull_request', 'release', 'repository'],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-gitea-signature',
    },
    content: '{body}',
    id: ['header:x-gitea-delivery'],
  },
  secretLabel: 'Signing secret',
  setup: ['At Gitea open “Settings”, “Webhooks”, “Add webhook”.', PASTE_URL, JSON_BODY, MAKE_UP_SECRET, CHOOSE_EVENTS],
  example: {
    json: {
      ref: 'refs/heads/main',
      repository: {
        full_name: 'gitea/webhooks',
      },
      commits: [],
    },
  },
  docs: 'https://docs.gitea.com/usage/repository/webhooks',
};
