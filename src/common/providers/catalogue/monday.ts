// Framework-free.

import type { Provider } from '../provider';
import { SAVE_HERE_FIRST, VIA_API } from '../steps';

export const MONDAY: Provider = {
  id: 'monday',
  title: 'monday.com',
  event: {
    from: ['json:event.type'],
    names: [
      'create_pulse',
      'update_name',
      'update_column_value',
      'create_update',
      'edit_update',
      'delete_pulse',
      'archive_pulse',
      'restore_pulse',
      'move_pulse_into_group',
    ],
  },
  scheme: null,
  jwt: {
    name: 'authorization',
    scheme: '',
    algorithms: ['HS256'],
    id: ['json:event.triggerUuid'],
    handshake: [
      {
        kind: 'challenge',
        when: {
          method: 'POST',
          has: 'json:challenge',
        },
        auth: 'none',
        reply: {
          status: 200,
          type: 'application/json',
          body: '{"challenge":"{json:challenge}"}',
        },
      },
    ],
  },
  secretLabel: 'Signing secret',
  setup: [
    'At monday.com open “Developers”, “Basic Information”.',
    'Copy the “Signing Secret” of the app that makes the webhook, paste it here, and save.',
    SAVE_HERE_FIRST,
    VIA_API,
  ],
  example: {
    json: {
      event: {
        userId: 9603417,
        originalTriggerUuid: null,
        boardId: 1771812698,
        pulseId: 1772099344,
        pulseName: 'Task 1',
        groupId: 'topics',
        groupName: 'Group Title',
        groupColor: '#579bfc',
        isTopGroup: true,
        columnValues: {},
        app: 'monday',
        type: 'create_pulse',
        triggerTime: '2021-10-11T09:07:28.210Z',
        subscriptionId: 73759690,
        triggerUuid: '645fc8d8709d35718f1ae00ceded91e9',
      },
    },
  },
  docs: 'https://developer.monday.com/apps/docs/integration-authorization',
};
