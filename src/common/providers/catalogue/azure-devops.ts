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
      subscriptionId: '00000000-0000-0000-0000-000000000000',
      notificationId: 2,
      id: '9c335e3e-e047-405c-a420-d679bd54a299',
      eventType: 'git.push',
      publisherId: 'tfs',
      message: { text: 'Example pushed updates to example:main' },
      resource: {
        commits: [
          {
            commitId: 'b0ce2f2009c3c87dbefadf61d7eb2c0697a6f369',
            author: { name: 'Example', email: 'example@example.com', date: '2022-07-17T07:14:01Z' },
            comment: 'Modify readme',
          },
        ],
        refUpdates: [
          {
            name: 'refs/heads/main',
            oldObjectId: '51515957669f93c543df09f8f3e7f47c3613c879',
            newObjectId: 'b0ce2f2009c3c87dbefadf61d7eb2c0697a6f369',
          },
        ],
        repository: { id: '98f0ce59-a912-43d5-96d2-bc0942a03f7b', name: 'example', defaultBranch: 'refs/heads/main' },
        pushedBy: { displayName: 'Example', uniqueName: 'example@example.com' },
        pushId: 2,
        date: '2022-07-17T07:14:05.9409049Z',
      },
      resourceVersion: '1.0',
      createdDate: '2022-07-17T07:14:12.5477052Z',
    },
  },
  docs: 'https://learn.microsoft.com/azure/devops/service-hooks/services/webhooks',
};
