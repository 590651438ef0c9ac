// Framework-free: HubSpot, whose signature has three versions.

import type { IdPlace } from '../presets';
import type { Provider } from './provider';

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

export const HUBSPOT: readonly Provider[] = [
  {
    id: 'hubspot',
    title: 'HubSpot',
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
    docs: DOCS,
  },
  {
    id: 'hubspot-v1',
    title: 'HubSpot (signature v1)',
    scheme: {
      kind: 'hash',
      sig: { from: 'header:x-hubspot-signature' },
      content: '{secret}{body}',
      id: EVENT_ID,
    },
    secretLabel: 'Client secret',
    setup: [...HUBSPOT_SETUP, V3_IS_BETTER],
    docs: DOCS,
  },
];
