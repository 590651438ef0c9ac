// Framework-free.

import type { Provider } from '../provider';
import { MAKE_UP_SECRET, PASTE_URL } from '../steps';

export const HYGRAPH: Provider = {
  id: 'hygraph',
  title: 'Hygraph',
  event: { from: ['json:operation'], names: ['create', 'update', 'delete', 'publish', 'unpublish'] },
  scheme: {
    kind: 'hmac',
    sig: { from: 'header:gcms-signature', split: ',', prefix: 'sign=', enc: 'base64' },
    ts: { from: 'sig:t=', unit: 'ms', tol: 3600 },
    content: '{"Body":{quoted:body},"EnvironmentName":{quoted:sig:env=},"TimeStamp":{ts}}',
  },
  secretLabel: 'Secret key',
  setup: [
    'At Hygraph open “Project settings”, “Webhooks”, “Add webhook”.',
    PASTE_URL,
    MAKE_UP_SECRET,
    'Choose models, stages and actions, and save. Include the payload if you need more than the id.',
  ],
  example: {
    json: {
      operation: 'publish',
      data: { __typename: 'Post', id: 'ckt1a2b3c4d5e0a98', stage: 'PUBLISHED', title: 'Hello' },
    },
  },
  docs: 'https://hygraph.com/docs/api-reference/basics/webhooks',
};
