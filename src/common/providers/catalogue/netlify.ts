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
      id: '5b78192ac9659217dbf7c9aa',
      site_id: '573f11b2-f5f3-481f-a1f8-85feb457ff49',
      build_id: '5b78192ac9659217dbf7c9ab',
      state: 'ready',
      name: 'my-site',
      url: 'https://my-site.netlify.app',
      ssl_url: 'https://my-site.netlify.app',
      admin_url: 'https://app.netlify.com/sites/my-site',
      deploy_ssl_url: 'https://5b78192ac9659217dbf7c9aa--my-site.netlify.app',
      created_at: '2018-08-18T13:03:38.315Z',
      updated_at: '2018-08-18T13:03:44.609Z',
      error_message: null,
      commit_ref: null,
      branch: 'main',
      commit_url: null,
      title: null,
      published_at: '2018-08-18T13:03:42.462Z',
      context: 'production',
      deploy_time: 3,
    },
  },
  docs: 'https://docs.netlify.com/site-deploys/deploy-notifications/#payload-signature',
};
