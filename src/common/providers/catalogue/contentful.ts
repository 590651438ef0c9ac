// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const CONTENTFUL: Provider = {
  id: 'contentful',
  title: 'Contentful',
  event: {
    from: ['header:x-contentful-topic'],
    names: [
      'ContentManagement.Entry.create',
      'ContentManagement.Entry.save',
      'ContentManagement.Entry.auto_save',
      'ContentManagement.Entry.publish',
      'ContentManagement.Entry.unpublish',
      'ContentManagement.Entry.archive',
      'ContentManagement.Entry.delete',
      'ContentManagement.Asset.publish',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-contentful-signature',
    },
    ts: {
      from: 'header:x-contentful-timestamp',
      unit: 'ms',
      tol: 30,
    },
    content: '{method}\n{target}\n{headers}\n{body}',
    headers: {
      names: 'header:x-contentful-signed-headers',
      join: ';',
      required: ['x-contentful-timestamp'],
    },
  },
  secretLabel: 'Signing secret',
  setup: [
    'At Contentful open “Settings”, “Webhooks”, “Webhook Settings”.',
    'Switch request verification on, copy the secret, and paste it here.',
    PASTE_URL,
  ],
  example: {
    json: {
      sys: {
        id: '5KsDBWseXY6QegucYAoacS',
        type: 'Entry',
      },
      fields: {
        title: {
          'en-US': 'Hello, World!',
        },
      },
    },
  },
  docs: 'https://www.contentful.com/developers/docs/extensibility/webhooks/request-verification/',
};
