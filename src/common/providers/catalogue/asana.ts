// Framework-free.

import type { Provider } from '../provider';
import { VIA_API } from '../steps';

export const ASANA: Provider = {
  id: 'asana',
  title: 'Asana',
  event: { from: ['json:events[].action'], names: ['added', 'changed', 'deleted', 'removed', 'undeleted'] },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-hook-signature',
    },
    content: '{body}',
    id: ['fields:json:events[].created_at,body'],
    handshake: [
      {
        kind: 'X-Hook-Secret',
        when: {
          method: 'POST',
          has: 'header:x-hook-secret',
        },
        auth: 'if-no-secret',
        capture: {
          secret: 'header:x-hook-secret',
        },
        reply: {
          status: 200,
          headers: {
            'X-Hook-Secret': '{header:x-hook-secret}',
          },
        },
      },
      { kind: 'heartbeat', when: { method: 'POST', 'json:events': '[]' }, auth: 'signature', reply: { status: 200 } },
    ],
  },
  secretLabel: 'Signing secret',
  setup: [VIA_API, 'Asana hands its secret over in the first call: confirm it here.'],
  example: {
    json: {
      events: [
        {
          user: { gid: '1123', resource_type: 'user', name: 'Example' },
          resource: { gid: '1337', resource_type: 'task', name: 'Example task' },
          parent: null,
          action: 'changed',
          change: { field: 'assignee', action: 'changed', new_value: { gid: '1123', resource_type: 'user' } },
          created_at: '2013-08-21T18:20:37.972Z',
        },
      ],
    },
  },
  docs: 'https://developers.asana.com/docs/webhooks-guide',
};
