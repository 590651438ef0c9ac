// Framework-free.

import type { Provider } from '../provider';
import { CHOOSE_EVENTS, MAKE_UP_SECRET, PASTE_URL } from '../steps';

export const CALCOM: Provider = {
  id: 'calcom',
  title: 'Cal.com',
  event: {
    from: ['json:triggerEvent'],
    names: [
      'BOOKING_CREATED',
      'BOOKING_RESCHEDULED',
      'BOOKING_CANCELLED',
      'BOOKING_CONFIRMED',
      'BOOKING_REJECTED',
      'BOOKING_REQUESTED',
      'BOOKING_PAID',
      'FORM_SUBMITTED',
      'MEETING_STARTED',
      'MEETING_ENDED',
      'RECORDING_READY',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-cal-signature-256',
    },
    content: '{body}',
    id: ['fields:json:createdAt,body'],
  },
  secretLabel: 'Signing secret',
  setup: [
    'At Cal.com open “Settings”, “Developer”, “Webhooks”.',
    PASTE_URL,
    MAKE_UP_SECRET,
    'Leave the payload as it is: a template of your own may leave the event out.',
    CHOOSE_EVENTS,
  ],
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
