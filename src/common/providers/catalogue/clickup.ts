// Framework-free.

import type { Provider } from '../provider';
import { VIA_API } from '../steps';

export const CLICKUP: Provider = {
  id: 'clickup',
  title: 'ClickUp',
  event: {
    from: ['json:event'],
    names: [
      'taskCreated',
      'taskUpdated',
      'taskDeleted',
      'taskStatusUpdated',
      'taskAssigneeUpdated',
      'taskCommentPosted',
      'taskTimeTrackedUpdated',
      'listCreated',
      'folderCreated',
      'spaceCreated',
      'goalCreated',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-signature',
    },
    content: '{body}',
    // One change can be two events, such as taskUpdated and taskStatusUpdated; changes of folders and spaces have no item.
    id: ['fields:json:webhook_id,json:event,json:history_items[].id'],
  },
  secretLabel: 'Signing secret',
  setup: [VIA_API, 'Copy the “secret”, paste it here, and save.'],
  example: {
    json: {
      event: 'taskCreated',
      task_id: '1vj37mc',
      webhook_id: '7fa3ec74-69a8-4530-a251-8a13730bd204',
      history_items: [
        {
          id: '2800763136717140857',
          type: 1,
          date: '1642734631523',
          field: 'status',
          parent_id: '162641062',
          data: { status_type: 'open' },
          source: null,
          user: { id: 183, username: 'Example', email: 'example@example.com' },
          before: null,
          after: { status: 'to do', type: 'open' },
        },
      ],
    },
  },
  docs: 'https://developer.clickup.com/docs/webhooksignature',
};
