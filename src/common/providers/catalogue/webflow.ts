// Framework-free.

import type { Provider } from '../provider';

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
    'Create the webhook through the API of Webflow, with this URL: one that is made in the site’s settings is not signed.',
    'Paste the “secretKey” of its answer here, or the client secret of the app that made it, and save.',
  ],
  example: {
    json: {
      triggerType: 'form_submission',
      payload: {
        name: 'Contact Us',
        siteId: '65427cf400e02b306eaa049c',
        data: { 'First Name': 'Zoë', 'Last Name': 'Example', email: 'zoe@example.com', 'Phone Number': 15550000000 },
        schema: [
          {
            fieldName: 'First Name',
            fieldType: 'FormTextInput',
            fieldElementId: '285042f7-d554-dc7f-102c-aa10d6a2d2c4',
          },
        ],
        submittedAt: '2022-09-14T12:35:16.117Z',
        id: '6321ca84df3949bfc6752327',
        formId: '65429eadebe8a9f3a30f62d0',
        formElementId: '4e038d2c-6a1e-4953-7be9-a59a2b453177',
      },
    },
  },
  docs: 'https://developers.webflow.com/data/docs/working-with-webhooks',
};
