// Framework-free.

import type { Provider } from '../provider';
import { CHOOSE_EVENTS, COPY_SECRET, PASTE_URL } from '../steps';

export const VERCEL: Provider = {
  id: 'vercel',
  title: 'Vercel',
  event: {
    from: ['json:type'],
    names: [
      'deployment.created',
      'deployment.succeeded',
      'deployment.ready',
      'deployment.error',
      'deployment.canceled',
      'deployment.promoted',
      'project.created',
      'project.removed',
    ],
  },
  scheme: {
    kind: 'hmac',
    alg: 'sha1',
    sig: {
      from: 'header:x-vercel-signature',
    },
    content: '{body}',
    id: ['json:id'],
  },
  secretLabel: 'Signing secret',
  setup: ['At Vercel open “Settings”, “Webhooks”.', PASTE_URL, CHOOSE_EVENTS, COPY_SECRET],
  example: {
    json: {
      id: 'evt_1',
      type: 'deployment.succeeded',
      createdAt: 1700000000000,
      region: 'sfo1',
      payload: {
        team: { id: 'team_1' },
        user: { id: 'user_1' },
        target: 'production',
        deployment: { id: 'dpl_1', name: 'my-app', url: 'my-app.vercel.app', meta: { githubCommitRef: 'main' } },
        project: { id: 'prj_1' },
      },
    },
  },
  docs: 'https://vercel.com/docs/webhooks/webhooks-api',
};
