// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const WEBFLOW: Provider = {
  id: 'webflow',
  title: 'Webflow',
  event: {
    from: ['json:triggerType'],
    names: [
      'form_submission',
      'site_publish',
      'page_created',
      'page_metadata_updated',
      'page_deleted',
      'ecomm_new_order',
      'ecomm_order_changed',
      'collection_item_created',
      'collection_item_changed',
      'collection_item_deleted',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-webflow-signature',
    },
    content: '{ts}:{body}',
    ts: {
      from: 'header:x-webflow-timestamp',
      unit: 'ms',
      tol: 300,
    },
    // The id is the item's.
    id: [
      'fields:json:payload.lastUpdated,body',
      'fields:json:payload.submittedAt,body',
      'fields:json:payload.publishedOn,body',
    ],
  },
  secretLabel: 'Signing secret',
  setup: [
    'At Webflow open “Site settings”, “Apps & Integrations”, “Webhooks”.',
    PASTE_URL,
    'Copy the “Secret key”, paste it here, and save.',
  ],
  example: {
    json: {
      triggerType: 'form_submission',
      payload: {
        name: 'Contact',
        siteId: '65427cf4',
        id: '6321ca84',
      },
    },
  },
  docs: 'https://developers.webflow.com/data/docs/working-with-webhooks',
};
