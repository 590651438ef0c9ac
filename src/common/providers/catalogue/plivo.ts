// Framework-free.

import type { Provider } from '../provider';

export const PLIVO: Provider = {
  id: 'plivo',
  title: 'Plivo',
  event: { from: ['form:Event'], names: ['StartApp', 'Hangup', 'Redirect', 'DialAnswer', 'DialHangup'] },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-plivo-signature-v3',
      split: ',',
      enc: 'base64',
    },
    // As validateV3Signature of Plivo's SDK writes a POST to a URL without a query, which ours is.
    content: '{url}?{sorted-form}.{header:x-plivo-signature-v3-nonce}',
    id: ['signed'],
  },
  secretLabel: 'Auth token',
  setup: [
    'At Plivo open “Voice”, “Applications”, and the application.',
    'Paste this URL as “Answer URL” or “Hangup URL” exactly as it is shown here, because Plivo signs it, without a query; choose POST.',
    'Copy the “Auth Token” of the account from the overview, paste it here, and save.',
  ],
  example: {
    text: 'CallUUID=97ceeb52-58b6-11e1-86da-77300b68f8bb&From=14155551234&To=14155554321&Direction=inbound&CallStatus=ringing&Event=StartApp',
    contentType: 'application/x-www-form-urlencoded',
  },
  docs: 'https://www.plivo.com/docs/voice/concepts/signature-validation',
};
