// Framework-free: HubSpot, whose signature has three versions.

import type { IdPlace } from '../presets';
import type { ExampleBody, Provider, ProviderEvents } from './provider';

const DOCS = 'https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation';

/**
 * `eventId` alone is not unique, as HubSpot says itself. The time is that of the event, the same in every attempt.
 * https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide
 */
const EVENT_ID: IdPlace[] = ['fields:json:[].portalId,json:[].subscriptionId,json:[].eventId,json:[].occurredAt'];

const V3_IS_BETTER = 'Choose plain “HubSpot” instead where calls carry x-hubspot-signature-v3: it is stronger.';

const HUBSPOT_SETUP: string[] = [
  'In HubSpot’s developer account open your app and its “Auth” page.',
  'Copy the “Client secret”, paste it here, and save.',
  'On the “Webhooks” page of the app paste this URL as the target exactly as it is shown here, because HubSpot signs it.',
  'Create subscriptions for what you want, and activate them.',
];

const EVENT: ProviderEvents = {
  from: ['json:[].subscriptionType'],
  names: [
    'contact.creation',
    'contact.propertyChange',
    'contact.deletion',
    'company.creation',
    'deal.creation',
    'deal.propertyChange',
    'ticket.creation',
    // Of apps on the newer platform, whatever the object.
    'object.creation',
    'object.propertyChange',
    'object.deletion',
  ],
};

const CREATED_CONTACT: ExampleBody = {
  json: [
    {
      eventId: 1,
      subscriptionId: 12345,
      portalId: 62515,
      occurredAt: 1700000000000,
      subscriptionType: 'contact.creation',
      attemptNumber: 0,
      objectId: 123,
      changeSource: 'CRM',
      changeFlag: 'NEW',
      appId: 54321,
    },
  ],
};

export const HUBSPOT: readonly Provider[] = [
  {
    id: 'hubspot',
    title: 'HubSpot',
    event: EVENT,
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:x-hubspot-signature-v3', enc: 'base64' },
      ts: { from: 'header:x-hubspot-request-timestamp', unit: 'ms', tol: 300 },
      content: '{method}{url}{body}{ts}',
      alternatives: ['{method}{url-decoded}{body}{ts}'],
      id: EVENT_ID,
    },
    secretLabel: 'Client secret',
    setup: HUBSPOT_SETUP,
    example: CREATED_CONTACT,
    docs: DOCS,
  },
  {
    id: 'hubspot-v2',
    title: 'HubSpot (signature v2)',
    scheme: {
      kind: 'hash',
      sig: { from: 'header:x-hubspot-signature' },
      content: '{secret}{method}{url}{body}',
      id: EVENT_ID,
    },
    secretLabel: 'Client secret',
    setup: [...HUBSPOT_SETUP, V3_IS_BETTER],
    example: {
      json: {
        callbackId: 'ap-102670506-56776413549-7-0',
        origin: { portalId: 102670506, actionDefinitionId: 10646377 },
        object: { objectId: 904, objectType: 'CONTACT' },
        inputFields: { widgetName: 'My widget name' },
      },
    },
    docs: DOCS,
  },
  {
    id: 'hubspot-v1',
    title: 'HubSpot (signature v1)',
    event: EVENT,
    scheme: {
      kind: 'hash',
      sig: { from: 'header:x-hubspot-signature' },
      content: '{secret}{body}',
      id: EVENT_ID,
    },
    secretLabel: 'Client secret',
    setup: [...HUBSPOT_SETUP, V3_IS_BETTER],
    example: CREATED_CONTACT,
    docs: DOCS,
  },
];
