// Framework-free.

import type { Provider } from '../provider';
import { MAKE_UP_SECRET } from '../steps';

export const HEROKU: Provider = {
  id: 'heroku',
  title: 'Heroku',
  event: {
    from: ['json:resource'],
    names: ['addon', 'addon-attachment', 'app', 'build', 'collaborator', 'domain', 'dyno', 'formation', 'release'],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:heroku-webhook-hmac-sha256',
      enc: 'base64',
    },
    content: '{body}',
    id: ['json:id'],
  },
  secretLabel: 'Signing secret',
  setup: ['Make the webhook with “heroku webhooks:add”, this URL, and a secret of your own.', MAKE_UP_SECRET],
  example: {
    json: {
      id: '1f7a0c1d-3a1b-4c5d-9e2f-111111111111',
      action: 'create',
      resource: 'release',
      data: {
        version: 5,
      },
    },
  },
  docs: 'https://devcenter.heroku.com/articles/app-webhooks',
};
