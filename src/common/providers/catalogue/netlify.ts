// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const NETLIFY: Provider = {
  id: 'netlify',
  title: 'Netlify',
  event: {
    from: ['header:x-netlify-event'],
    names: [
      'deploy_building',
      'deploy_created',
      'deploy_failed',
      'deploy_locked',
      'deploy_unlocked',
      'deploy_request_pending',
      'submission_created',
    ],
  },
  scheme: null,
  jwt: {
    name: 'x-webhook-signature',
    algorithms: ['HS256'],
    issuer: 'netlify',
    requireExpiry: false,
    bodyHash: {
      claim: 'sha256',
    },
    // The id is the deploy's.
    id: ['fields:json:updated_at,body', 'fields:json:created_at,body'],
  },
  secretLabel: 'Signing secret',
  setup: [
    'At Netlify open “Project configuration”, “Notifications”, “HTTP POST request”.',
    PASTE_URL,
    'Enter a long random “JWS secret token” there and here.',
  ],
  example: {
    json: {
      id: '5a4bd7e5',
      state: 'ready',
      name: 'my-site',
      branch: 'main',
    },
  },
  docs: 'https://docs.netlify.com/site-deploys/notifications/#payload-signature',
};
