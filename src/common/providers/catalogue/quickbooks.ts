// Framework-free.

import type { Provider } from '../provider';
import { CHOOSE_EVENTS, PASTE_URL } from '../steps';

export const QUICKBOOKS: Provider = {
  id: 'quickbooks',
  title: 'QuickBooks Online',
  // CloudEvents since 2026; before that, and where it is not yet changed, a list of entities for each company.
  event: {
    from: ['json:[].type', 'json:eventNotifications[].dataChangeEvent.entities[].operation'],
    names: [
      'qbo.invoice.created.v1',
      'qbo.invoice.updated.v1',
      'qbo.invoice.deleted.v1',
      'qbo.invoice.voided.v1',
      'qbo.invoice.emailed.v1',
      'qbo.payment.created.v1',
      'qbo.payment.updated.v1',
      'qbo.customer.created.v1',
      'qbo.customer.updated.v1',
      'qbo.customer.merged.v1',
      'Create',
      'Update',
      'Delete',
      'Merge',
      'Void',
      'Emailed',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:intuit-signature',
      enc: 'base64',
    },
    content: '{body}',
    id: ['json:[].id', 'fields:json:eventNotifications[].dataChangeEvent.entities[].lastUpdated,body'],
  },
  secretLabel: 'Signing secret',
  setup: [
    'At Intuit Developer open “Webhooks”.',
    PASTE_URL,
    'Copy the “Verifier token”, paste it here, and save.',
    CHOOSE_EVENTS,
  ],
  example: {
    json: [
      {
        specversion: '1.0',
        id: '88cd52aa-33b6-4351-9aa4-47572edbd068',
        source: 'intuit.dsnBgbseACLLRZNxo2dfc4evmEJdxde58xeeYcZliOU=',
        type: 'qbo.invoice.created.v1',
        datacontenttype: 'application/json',
        time: '2025-09-10T21:31:25.179851517Z',
        intuitentityid: '1234',
        intuitaccountid: '310687',
        data: {},
      },
    ],
  },
  docs: 'https://developer.intuit.com/app/developer/qbo/docs/develop/webhooks/managing-webhooks-notifications',
};
