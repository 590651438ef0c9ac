// Framework-free.

import type { Provider } from '../provider';
import { CHOOSE_EVENTS, MAKE_UP_SECRET, PASTE_URL } from '../steps';

export const CALCOM: Provider = {
  id: 'calcom',
  title: 'Cal.com',
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-cal-signature-256',
    },
    content: '{body}',
  },
  secretLabel: 'Signing secret',
  setup: ['At Cal.com open “Settings”, “Developer”, “Webhooks”.', PASTE_URL, MAKE_UP_SECRET, CHOOSE_EVENTS],
  example: {
    json: {
      triggerEvent: 'BOOKING_CREATED',
      createdAt: '2023-05-24T09:30:00.538Z',
      payload: {
        uid: 'bFJeNb2uX8ANpT3JL5EfXw',
        title: '60min',
      },
    },
  },
  docs: 'https://cal.com/docs/developing/guides/automation/webhooks',
};
