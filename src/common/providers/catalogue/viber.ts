// Framework-free.

import type { Provider } from '../provider';
import { SAVE_HERE_FIRST, VIA_API } from '../steps';

export const VIBER: Provider = {
  id: 'viber',
  title: 'Viber',
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-viber-content-signature',
    },
    content: '{body}',
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
