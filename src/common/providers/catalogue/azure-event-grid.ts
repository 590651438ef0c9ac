// Framework-free.

import type { Provider } from '../provider';
import { ONLY_HTTPS, SAVE_HERE_FIRST, TOKEN_IN_URL } from '../steps';
import { originHandshake } from '../originHandshake';

export const AZURE_EVENT_GRID: Provider = {
  id: 'azure-event-grid',
  title: 'Azure Event Grid',
  event: {
    // Of its own schema; of CloudEvents, one or several.
    from: ['json:[].eventType', 'json:[].type', 'json:type'],
    names: [
      'Microsoft.Storage.BlobCreated',
      'Microsoft.Storage.BlobDeleted',
      'Microsoft.Resources.ResourceWriteSuccess',
      'Microsoft.Devices.DeviceCreated',
      'Microsoft.KeyVault.SecretNearExpiry',
    ],
  },
  scheme: {
    kind: 'token',
    sig: {
      from: 'query:token',
    },
    // An id is unique at its source only: CloudEvents 1.0, section 3.1.
    id: ['fields:json:[].source,json:[].id', 'fields:json:source,json:id', 'json:[].id'],
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
      originHandshake({ from: 'query:token', equals: 'secret' }),
    ],
  },
  secretLabel: 'Token',
  setup: [TOKEN_IN_URL, SAVE_HERE_FIRST, 'At Azure open “Event Subscriptions”, “Endpoint type: Web Hook”.', ONLY_HTTPS],
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
