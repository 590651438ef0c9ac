import type { ProviderFacts } from '../types';

export const PLAID: ProviderFacts = {
  provider: 'plaid',
  covers: ['whole', false, 300],
  idSigned: true,
  shows: ['header:plaid-verification'],
  vectors: [
    {
      source:
        'https://plaid.com/docs/api/webhooks/webhook-verification/, its rule; Python hmac and cryptography, by the rule of the documentation',
      secret: {
        name: '6c5516e1',
        value:
          '{"kty":"EC","crv":"P-256","x":"Hq1s0NdjL5_kMOF1ZUu0V1sBOEnddfgsgGhWqN13DIs","y":"8eXE14CjrFq9XObhagkWGPHefjShTDCR1H9rLyIrMoA","kid":"6c5516e1","use":"sig","alg":"ES256"}',
      },
      otherSecret:
        '{"kty":"EC","crv":"P-256","x":"BBqEEMYNYFKtBJeOvwHYfEaKN3gR9dxap6slWxHM2_s","y":"J-PEEyuWvXdbH_lMSNWL3l7GQ0CKxxGYEaftKkpbqSA","kid":"6c5516e1","use":"sig","alg":"ES256"}',
      request: {
        headers: {
          'plaid-verification':
            'eyJhbGciOiJFUzI1NiIsImtpZCI6IjZjNTUxNmUxIiwidHlwIjoiSldUIn0.eyJpYXQiOjE3MDAwMDAwMDAsInJlcXVlc3RfYm9keV9zaGEyNTYiOiJkNmI1YmE3OWNkM2JhNjcyZjhjZTRjMDgyMjRhMmVmNzc2ZTY2M2E5NjQyNTAyNWU0OTJkYzk5ZTFhYTMwYjY2In0.s7pCQuZWkAqk13LeGRejjNcM6l5FS7lxGU1166iPV94e7WopeZlXP0JMrFHGsezu87xdu1f1Q4LsUmmtrX7o4g',
        },
        body: '{"webhook_type":"TRANSACTIONS","webhook_code":"SYNC_UPDATES_AVAILABLE","item_id":"wz666MBjYWTp2PDzzggYhM6oWWmBb"}',
      },
      at: 1700000000,
      deliveryId: '7b6e494b916462d9fc8711083567c0ae69551ddf0923c8e18adf1479624ff8a3',
      signature: 'header:plaid-verification',
      expires: true,
    },
  ],
};
