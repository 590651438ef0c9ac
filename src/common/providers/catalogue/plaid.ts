// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const PLAID: Provider = {
  id: 'plaid',
  title: 'Plaid',
  event: {
    from: ['json:webhook_code'],
    names: [
      'SYNC_UPDATES_AVAILABLE',
      'DEFAULT_UPDATE',
      'INITIAL_UPDATE',
      'HISTORICAL_UPDATE',
      'TRANSACTIONS_REMOVED',
      'ERROR',
      'PENDING_EXPIRATION',
      'USER_PERMISSION_REVOKED',
      'TRANSFER_EVENTS_UPDATE',
    ],
  },
  scheme: null,
  jwt: {
    name: 'plaid-verification',
    algorithms: ['ES256'],
    requireExpiry: false,
    maxAge: 300,
    bodyHash: {
      claim: 'request_body_sha256',
    },
  },
  secretLabel: 'Public key',
  setup: [
    'At Plaid open “Developers”, “Webhooks”.',
    PASTE_URL,
    'Get the key with /webhook_verification_key/get and the kid of a call, and paste it here as JWK; it changes now and then.',
  ],
  example: {
    json: {
      webhook_type: 'TRANSACTIONS',
      webhook_code: 'SYNC_UPDATES_AVAILABLE',
      item_id: 'wz666MBjYWTp2PDzzggYhM6oWWmBb',
      initial_update_complete: true,
      historical_update_complete: false,
      environment: 'production',
    },
  },
  docs: 'https://plaid.com/docs/api/webhooks/webhook-verification/',
};
