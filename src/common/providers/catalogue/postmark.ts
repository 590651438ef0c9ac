// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const POSTMARK: Provider = {
  id: 'postmark',
  title: 'Postmark',
  event: {
    from: ['json:RecordType'],
    names: ['Delivery', 'Bounce', 'SpamComplaint', 'Open', 'Click', 'SubscriptionChange'],
  },
  scheme: null,
  basic: true,
  secretLabel: 'Password',
  options: [
    {
      name: 'username',
      label: 'User name',
    },
  ],
  setup: [
    'At Postmark open “Servers”, “Webhooks”, “Add webhook”.',
    PASTE_URL,
    'Make up a user name and a long random password, and enter both there and here.',
  ],
  example: {
    json: {
      RecordType: 'Delivery',
      ServerID: 23,
      MessageStream: 'outbound',
      MessageID: '883953f4-6105-42a2-a16a-77a8eac79483',
      Recipient: 'a@example.com',
      Tag: 'welcome-email',
      DeliveredAt: '2019-11-05T16:33:54Z',
      Details: 'Test delivery webhook details',
      Metadata: { example: 'value' },
    },
  },
  docs: 'https://postmarkapp.com/developer/webhooks/webhooks-overview',
};
