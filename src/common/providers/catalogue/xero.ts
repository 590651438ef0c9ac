// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL, SAVE_HERE_FIRST } from '../steps';

export const XERO: Provider = {
  id: 'xero',
  title: 'Xero',
  event: { from: ['json:events[].eventType'], names: ['CREATE', 'UPDATE'] },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-xero-signature',
      enc: 'base64',
    },
    content: '{body}',
    id: ['fields:json:firstEventSequence,json:lastEventSequence,body'],
    handshake: [
      {
        kind: 'intent to receive',
        when: {
          method: 'POST',
          'json:firstEventSequence': 0,
          'json:lastEventSequence': 0,
        },
        auth: 'signature',
        reply: {
          status: 200,
        },
      },
    ],
  },
  secretLabel: 'Signing key',
  setup: [
    'At Xero open “My Apps”, “Webhooks”.',
    'Copy the “Webhooks key”, paste it here, and save.',
    SAVE_HERE_FIRST,
    PASTE_URL,
    'Send “Intent to receive”: it is answered as Xero wants it and starts nothing.',
  ],
  example: {
    json: {
      events: [
        {
          resourceUrl: 'https://api.xero.com/api.xro/2.0/Invoices/717f2bfc-c6d4-41fd-b238-3f2f0c0cf777',
          resourceId: '717f2bfc-c6d4-41fd-b238-3f2f0c0cf777',
          eventDateUtc: '2017-06-21T01:15:39.902',
          eventType: 'UPDATE',
          eventCategory: 'INVOICE',
          tenantId: 'c2cc9b6e-9458-4c7d-93cc-f02b81b0594f',
          tenantType: 'ORGANISATION',
        },
      ],
      firstEventSequence: 1,
      lastEventSequence: 1,
      entropy: 'S0m3r4Nd0mt3xt',
    },
  },
  docs: 'https://developer.xero.com/documentation/guides/webhooks/configuring-your-server/',
};
