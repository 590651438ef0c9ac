// Framework-free.

import type { Provider } from '../provider';
import { SAVE_HERE_FIRST, VIA_API } from '../steps';

export const VIBER: Provider = {
  id: 'viber',
  title: 'Viber',
  event: {
    from: ['json:event'],
    names: ['webhook', 'subscribed', 'unsubscribed', 'conversation_started', 'message', 'delivered', 'seen', 'failed'],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-viber-content-signature',
    },
    content: '{body}',
    id: ['fields:json:timestamp,body'],
  },
  secretLabel: 'Token',
  setup: [
    'At Viber open “Edit Info”, “Your app key”.',
    'Copy the “Token”, paste it here, and save.',
    SAVE_HERE_FIRST,
    VIA_API,
  ],
  // The token is beyond 2^53: as text, its digits stay.
  example: {
    text: '{"event":"message","timestamp":1457764197627,"message_token":4912661846655238145,"sender":{"id":"01234567890A="},"message":{"type":"text","text":"Hi"}}',
    contentType: 'application/json',
  },
  docs: 'https://developers.viber.com/docs/api/rest-bot-api/#callbacks',
};
