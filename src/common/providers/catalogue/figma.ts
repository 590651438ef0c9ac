// Framework-free.

import type { Provider } from '../provider';
import { ONLY_HTTPS, VIA_API } from '../steps';

export const FIGMA: Provider = {
  id: 'figma',
  title: 'Figma',
  event: {
    from: ['json:event_type'],
    names: [
      'PING',
      'FILE_UPDATE',
      'FILE_VERSION_UPDATE',
      'FILE_DELETE',
      'LIBRARY_PUBLISH',
      'FILE_COMMENT',
      'DEV_MODE_STATUS_UPDATE',
    ],
  },
  scheme: {
    kind: 'token',
    sig: {
      from: 'json:passcode',
    },
    handshake: [
      {
        kind: 'PING',
        when: {
          method: 'POST',
          'json:event_type': 'PING',
        },
        auth: {
          from: 'json:passcode',
          equals: 'secret',
        },
        reply: {
          status: 200,
        },
      },
    ],
  },
  secretLabel: 'Token',
  setup: [VIA_API, 'Make up a passcode, and give it there and here.', ONLY_HTTPS],
  example: {
    json: {
      event_type: 'FILE_UPDATE',
      file_key: 'CL06nJNn5eZLQKDoARMND5',
      file_name: 'Developer page mockup demo',
      passcode: 'a-signing-secret',
      timestamp: '2020-02-23T20:27:16Z',
      webhook_id: '22',
    },
  },
  docs: 'https://developers.figma.com/docs/rest-api/webhooks-security/',
};
