// Framework-free.

import type { Provider } from '../provider';
import { CHOOSE_EVENTS, PASTE_URL } from '../steps';

export const BOX: Provider = {
  id: 'box',
  title: 'Box',
  event: {
    from: ['json:trigger'],
    names: [
      'FILE.UPLOADED',
      'FILE.PREVIEWED',
      'FILE.DOWNLOADED',
      'FILE.TRASHED',
      'FILE.DELETED',
      'FILE.LOCKED',
      'FOLDER.CREATED',
      'COMMENT.CREATED',
      'COLLABORATION.CREATED',
      'SHARED_LINK.CREATED',
      'SIGN_REQUEST.COMPLETED',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: ['header:box-signature-primary', 'header:box-signature-secondary'],
      any: true,
      enc: 'base64',
    },
    ts: {
      from: 'header:box-delivery-timestamp',
      unit: 'rfc3339',
      tol: 600,
    },
    content: '{body}{ts}',
    id: ['json:id'],
  },
  secretLabel: 'Signing secret',
  setup: [
    'At Box open “Developer Console”, “Webhooks”, “Manage signature keys”.',
    'Generate the primary key and the secondary key, and enter both here.',
    PASTE_URL,
    CHOOSE_EVENTS,
  ],
  example: {
    json: {
      type: 'webhook_event',
      id: 'eb0c4e06-751f-442c-86f8-fd5bb404dbec',
      created_at: '2016-07-11T10:10:32-07:00',
      trigger: 'FILE.UPLOADED',
      webhook: { id: '53', type: 'webhook' },
      created_by: { type: 'user', id: '226067247', name: 'Example', login: 'user@example.com' },
      source: {
        id: '73835521473',
        type: 'file',
        name: 'Test-Image-3.png',
        size: 26458,
        sha1: '2c61623e86bee78e6ab444af456bccc7a1164095',
        parent: { type: 'folder', id: '0', name: 'All Files' },
      },
    },
  },
  docs: 'https://developer.box.com/guides/webhooks/v2/signatures-v2/',
};
