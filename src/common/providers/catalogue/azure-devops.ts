// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const AZURE_DEVOPS: Provider = {
  id: 'azure-devops',
  title: 'Azure DevOps',
  event: {
    from: ['json:eventType'],
    names: [
      'git.push',
      'git.pullrequest.created',
      'git.pullrequest.updated',
      'git.pullrequest.merged',
      'build.complete',
      'workitem.created',
      'workitem.updated',
      'workitem.commented',
      'ms.vss-release.deployment-completed-event',
    ],
  },
  scheme: null,
  basic: true,
  secretLabel: 'Password',
  options: [
    {
      name: 'username',
      label: 'User name',
    },
  ],
  setup: [
    'At Azure DevOps open “Project settings”, “Service hooks”, “Create subscription”, “Web Hooks”.',
    PASTE_URL,
    'Make up a user name and a long random password, and enter both there and here.',
  ],
  example: {
    json: {
      id: '3bac0cb1-1d1a-4a5a-9d9b-3d9f4bd3b5a7',
      eventType: 'build.complete',
      resource: {
        id: 2,
        status: 'succeeded',
      },
    },
  },
  docs: 'https://learn.microsoft.com/azure/devops/service-hooks/services/webhooks',
};
