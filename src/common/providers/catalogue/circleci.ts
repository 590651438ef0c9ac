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
      webhook: { id: 'cf8c4fdd-0587-4da1-b4ca-4846e9640af9', name: 'Sample Webhook' },
      project: {
        id: '84996744-a854-4f5e-aea3-04e2851dc1d2',
        name: 'webhook-service',
        slug: 'github/circleci/webhook-service',
      },
      organization: { id: 'f22b6566-597d-46d5-ba74-99ef5bb3d85c', name: 'circleci' },
      workflow: {
        id: 'fda08377-fe7e-46b1-8992-3a7aaecac9c3',
        name: 'build-test-deploy',
        status: 'success',
        created_at: '2021-09-01T22:49:03.616Z',
        stopped_at: '2021-09-01T22:49:34.170Z',
        url: 'https://app.circleci.com/pipelines/github/circleci/webhook-service/130/workflows/fda08377',
      },
      pipeline: {
        id: '1285fe1d-d3a6-44fc-8886-8979558254c4',
        number: 130,
        created_at: '2021-09-01T22:49:03.544Z',
        trigger: { type: 'webhook' },
      },
    },
  },
  docs: 'https://circleci.com/docs/guides/integration/outbound-webhooks/',
};
