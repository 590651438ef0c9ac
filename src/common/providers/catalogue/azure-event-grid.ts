// Framework-free.

import type { Provider } from '../provider';
import { SAVE_HERE_FIRST } from '../steps';

export const AZURE_EVENT_GRID: Provider = {
  id: 'azure-event-grid',
  title: 'Azure Event Grid',
  scheme: {
    kind: 'token',
    sig: {
      from: 'query:token',
    },
    id: ['json:[].id'],
    handshake: [
      {
        kind: 'SubscriptionValidation',
        when: {
          method: 'POST',
          'header:aeg-event-type': 'SubscriptionValidation',
        },
        auth: {
          from: 'query:token',
          equals: 'secret',
        },
        reply: {
          status: 200,
          type: 'application/json',
          body: '{"validationResponse":"{json:[].data.validationCode}"}',
        },
      },
    ],
  },
  secretLabel: 'Token',
  setup: [
    'Make up a long random token, enter it here, and add it to the URL there as ?token=….',
    SAVE_HERE_FIRST,
    'At Azure open “Event Subscriptions”, “Endpoint type: Web Hook”.',
    'Only https keeps what is sent from being seen: rely on nothing that you can’t look up.',
  ],
  example: {
    json: [
      {
        id: '1',
        eventType: 'Microsoft.Storage.BlobCreated',
        subject: '/blobs/a.txt',
        data: {
          url: 'https://example.com/a.txt',
        },
        eventTime: '2018-01-25T22:12:19Z',
      },
    ],
  },
  docs: 'https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema',
};
