// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL, SEND_TEST } from '../steps';

export const CLERK: Provider = {
  id: 'clerk',
  title: 'Clerk',
  event: {
    from: ['json:type'],
    names: [
      'user.created',
      'user.updated',
      'user.deleted',
      'session.created',
      'session.ended',
      'organization.created',
      'organizationMembership.created',
      'email.created',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:svix-signature',
      split: ' ',
      prefix: 'v1,',
      enc: 'base64',
    },
    ts: {
      from: 'header:svix-timestamp',
      tol: 300,
    },
    content: '{header:svix-id}.{ts}.{body}',
    key: {
      enc: 'base64',
      strip: 'whsec_',
    },
    id: ['header:svix-id'],
  },
  secretLabel: 'Signing secret',
  setup: [
    'At Clerk open “Configure”, “Webhooks”, “Add Endpoint”.',
    PASTE_URL,
    'Copy the “Signing Secret”, paste it here, and save.',
    SEND_TEST,
  ],
  example: {
    json: {
      data: {
        id: 'user_29w83sxmDNGwOuEthce5gg56FcC',
        object: 'user',
      },
      object: 'event',
      type: 'user.created',
    },
  },
  docs: 'https://clerk.com/docs/guides/development/webhooks/overview',
};
