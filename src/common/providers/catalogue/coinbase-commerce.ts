// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const COINBASE_COMMERCE: Provider = {
  id: 'coinbase-commerce',
  title: 'Coinbase Commerce',
  event: {
    from: ['json:event.type'],
    names: ['charge:created', 'charge:pending', 'charge:confirmed', 'charge:failed'],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:x-cc-webhook-signature',
    },
    content: '{body}',
    id: ['json:event.id'],
  },
  secretLabel: 'Signing secret',
  setup: [
    'At Coinbase Commerce open “Settings”, “Notifications”.',
    PASTE_URL,
    'Copy the “Webhook shared secret”, paste it here, and save.',
  ],
  example: {
    json: {
      id: 1,
      event: {
        id: '24934862-d980-46cb-9402-43c81b0cdba6',
        type: 'charge:confirmed',
      },
    },
  },
  docs: 'https://docs.cdp.coinbase.com/commerce/api-arcitecture/webhooks-security',
};
