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
      id: '55fa9c58-68ae-4183-86df-29a7b27cdf84',
      action: 'create',
      resource: 'release',
      version: 'application/vnd.heroku+json; version=3',
      actor: { id: '9126ad9a-9950-46df-857f-6970ebf8a480', email: 'user@example.com' },
      data: {
        id: '6be9012f-1c42-4f2d-bb99-af152aad07d8',
        app: { id: '4335bcdb-5f6f-41f8-a31b-84697ec96475', name: 'example' },
        status: 'succeeded',
        current: true,
        version: 3,
        description: 'Deploy 1a5f89db',
        created_at: '2025-05-17T11:37:58Z',
        updated_at: '2025-05-17T11:37:58Z',
      },
      previous_data: {},
      sequence: null,
      created_at: '2025-05-17T11:37:58.404020Z',
      published_at: '2025-05-17T11:37:58Z',
      webhook_metadata: {
        attempt: { id: 'e1d38e49-586a-4b53-aa5f-ad8abad73ba8' },
        delivery: { id: '7e99cb52-1369-4507-be9e-32309898462d' },
        event: { id: '55fa9c58-68ae-4183-86df-29a7b27cdf84', include: 'api:release' },
        webhook: { id: 'e1020099-2147-45d9-b7a1-bf1422851eea' },
      },
    },
  },
  docs: 'https://devcenter.heroku.com/articles/app-webhooks',
};
