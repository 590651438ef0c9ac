// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const DOCUSIGN: Provider = {
  id: 'docusign',
  title: 'DocuSign Connect',
  event: {
    from: ['json:event'],
    names: [
      'envelope-sent',
      'envelope-delivered',
      'envelope-completed',
      'envelope-declined',
      'envelope-voided',
      'recipient-sent',
      'recipient-completed',
      'recipient-declined',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: [
        'header:x-docusign-signature-1',
        'header:x-docusign-signature-2',
        'header:x-docusign-signature-3',
        'header:x-docusign-signature-4',
        'header:x-docusign-signature-5',
        'header:x-docusign-signature-6',
        'header:x-docusign-signature-7',
        'header:x-docusign-signature-8',
        'header:x-docusign-signature-9',
        'header:x-docusign-signature-10',
      ],
      any: true,
      enc: 'base64',
    },
    content: '{body}',
    id: ['fields:json:data.envelopeId,json:event,json:generatedDateTime'],
  },
  secretLabel: 'Signing secret',
  setup: [
    'At DocuSign open “Settings”, “Integrations”, “Connect”.',
    PASTE_URL,
    'Switch “Include HMAC Signature” on, make a key under “Connect Keys”, and paste it here.',
  ],
  example: {
    json: {
      event: 'envelope-completed',
      retryCount: 0,
      configurationId: 10162915,
      data: {
        envelopeId: '6a1d',
        accountId: '1703061c',
      },
      generatedDateTime: '2022-08-01T19:26:31.2590000Z',
    },
  },
  docs: 'https://developers.docusign.com/platform/webhooks/connect/validate/',
};
