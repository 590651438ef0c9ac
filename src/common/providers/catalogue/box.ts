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
      trigger: 'FILE.UPLOADED',
      source: {
        id: '73835521473',
        type: 'file',
      },
    },
  },
  docs: 'https://developer.box.com/guides/webhooks/v2/signatures-v2/',
};
