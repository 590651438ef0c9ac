import type { ProviderFacts } from '../types';

export const AZURE_EVENT_GRID: ProviderFacts = {
  provider: 'azure-event-grid',
  covers: ['none', false, null],
  idSigned: false,
  shows: ['query:token'],
  vectors: [
    {
      source: 'https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema, its rule',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {},
        body: '[{"id":"1","eventType":"Microsoft.Storage.BlobCreated","subject":"/blobs/a.txt","data":{"url":"https://example.com/a.txt"},"eventTime":"2018-01-25T22:12:19Z"}]',
        url: '/api/webhooks/key?token=a-signing-secret',
      },
      at: 1700000000,
      deliveryId: '1',
      signature: 'query:token',
      signsBody: false,
      isToken: true,
    },
  ],
  challenges: [
    {
      name: 'Event Grid: validation',
      source: 'https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema',
      secrets: ['a-signing-secret'],
      request: {
        url: '/api/webhooks/key?token=a-signing-secret',
        headers: {
          'aeg-event-type': 'SubscriptionValidation',
        },
        body: '[{"id":"2d1781af-3a4c-4d7c-bd0c-e34b19da4e66","topic":"/subscriptions/x","subject":"","data":{"validationCode":"512d38b6-c7b8-40c8-89fe-f46f9e9622b6"},"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","eventTime":"2018-01-25T22:12:19.4556811Z","metadataVersion":"1","dataVersion":"1"}]',
      },
      at: 1700000000,
      reply: {
        kind: 'SubscriptionValidation',
        status: 200,
        contentType: 'application/json',
        body: '{"validationResponse":"512d38b6-c7b8-40c8-89fe-f46f9e9622b6"}',
      },
      broken: {
        url: '/api/webhooks/key?token=x',
        headers: {
          'aeg-event-type': 'SubscriptionValidation',
        },
        body: '[{"id":"2d1781af-3a4c-4d7c-bd0c-e34b19da4e66","topic":"/subscriptions/x","subject":"","data":{"validationCode":"512d38b6-c7b8-40c8-89fe-f46f9e9622b6"},"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","eventTime":"2018-01-25T22:12:19.4556811Z","metadataVersion":"1","dataVersion":"1"}]',
      },
    },
    {
      name: 'Azure Event Grid: CloudEvents',
      source: 'https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md, section 4',
      secrets: ['a-token'],
      request: {
        method: 'OPTIONS',
        url: '/api/webhooks/key?token=a-token',
        headers: { 'webhook-request-origin': 'eventgrid.azure.net', 'webhook-request-rate': '120' },
      },
      at: 1700000000,
      reply: {
        kind: 'WebHook-Request-Origin',
        status: 200,
        headers: {
          'WebHook-Allowed-Origin': 'eventgrid.azure.net',
          'WebHook-Allowed-Rate': '120',
          Allow: 'POST',
        },
      },
      broken: {
        method: 'OPTIONS',
        url: '/api/webhooks/key?token=another',
        headers: { 'webhook-request-origin': 'eventgrid.azure.net' },
      },
    },
  ],
};
