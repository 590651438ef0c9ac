// Framework-free.

import type { Provider } from '../provider';
import { CHOOSE_EVENTS, MAKE_UP_SECRET, PASTE_URL } from '../steps';

export const CIRCLECI: Provider = {
  id: 'circleci',
  title: 'CircleCI',
  event: { from: ['json:type'], names: ['workflow-completed', 'job-completed'] },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:circleci-signature',
      split: ',',
      prefix: 'v1=',
    },
    content: '{body}',
    id: ['json:id'],
  },
  secretLabel: 'Signing secret',
  setup: ['At CircleCI open “Project Settings”, “Webhooks”.', PASTE_URL, MAKE_UP_SECRET, CHOOSE_EVENTS],
  example: {
    json: {
      id: '3888f21b-eaa7-38e3-8f3d-75a63bba8895',
      type: 'workflow-completed',
      happened_at: '2021-09-01T22:49:34.317Z',
      workflow: {
        name: 'build',
        status: 'success',
      },
    },
  },
  docs: 'https://circleci.com/docs/outbound-webhooks/',
};
