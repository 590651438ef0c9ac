// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const MICROSOFT_TEAMS: Provider = {
  id: 'microsoft-teams',
  title: 'Microsoft Teams, outgoing webhook',
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:authorization',
      strip: 'HMAC ',
      enc: 'base64',
    },
    content: '{body}',
    key: {
      enc: 'base64',
    },
    // The id is the message's.
    id: ['fields:json:id,json:timestamp'],
  },
  secretLabel: 'Secret token',
  setup: [
    'At Microsoft Teams open “Manage team”, “Apps”, “Create an outgoing webhook”.',
    PASTE_URL,
    'Copy the “Security token”, paste it here, and save.',
    'Let this workflow run synchronously: Teams waits 5 seconds for an answer.',
  ],
  example: {
    json: {
      type: 'message',
      id: '1485983408511',
      timestamp: '2017-02-01T21:10:07.437Z',
      text: '<at>Bot</at> hi',
      from: {
        name: 'User',
      },
    },
  },
  docs: 'https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-outgoing-webhook',
};
