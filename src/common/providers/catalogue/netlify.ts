// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const NETLIFY: Provider = {
  id: 'netlify',
  title: 'Netlify',
  scheme: null,
  jwt: {
    name: 'x-webhook-signature',
    algorithms: ['HS256'],
    issuer: 'netlify',
    requireExpiry: false,
    bodyHash: {
      claim: 'sha256',
    },
    id: ['json:id'],
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
