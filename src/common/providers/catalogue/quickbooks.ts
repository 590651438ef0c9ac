// Framework-free.

import type { Provider } from '../provider';
import { CHOOSE_EVENTS, PASTE_URL } from '../steps';

export const QUICKBOOKS: Provider = {
  id: 'quickbooks',
  title: 'QuickBooks Online',
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:intuit-signature',
      enc: 'base64',
    },
    content: '{body}',
  },
  secretLabel: 'Signing secret',
  setup: [
    'At Intuit Developer open “Webhooks”.',
    PASTE_URL,
    'Copy the “Verifier token”, paste it here, and save.',
    CHOOSE_EVENTS,
  ],
  example: {
    json: {
      eventNotifications: [
        {
          realmId: '1185883450',
          dataChangeEvent: {
            entities: [
              {
                name: 'Customer',
                id: '1',
                operation: 'Create',
                lastUpdated: '2015-10-05T14:42:19-0700',
              },
            ],
          },
        },
      ],
    },
  },
  docs: 'https://developer.intuit.com/app/developer/qbo/docs/develop/webhooks/managing-webhooks-notifications',
};
