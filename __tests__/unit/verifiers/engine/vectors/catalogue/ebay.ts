import type { ProviderFacts } from '../types';

export const EBAY: ProviderFacts = {
  provider: 'ebay',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source:
        'https://developer.ebay.com/marketplace-account-deletion, its rule; Python cryptography, by the rule of the documentation',
      secret:
        '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEHq1s0NdjL5/kMOF1ZUu0V1sBOEnd\ndfgsgGhWqN13DIvx5cTXgKOsWr1c5uFqCRYY8d5+NKFMMJHUf2svIisygA==\n-----END PUBLIC KEY-----\n',
      otherSecret:
        '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEBBqEEMYNYFKtBJeOvwHYfEaKN3gR\n9dxap6slWxHM2/sn48QTK5a9d1sf+UxI1YveXsZDQIrHEZgRp+0qSlupIA==\n-----END PUBLIC KEY-----\n',
      request: {
        headers: {
          'x-ebay-signature':
            'eyJhbGciOiJlY2RzYSIsImtpZCI6Ijk5MzYyNjFhIiwiZGlnZXN0IjoiU0hBMSIsInNpZ25hdHVyZSI6Ik1FWUNJUURHNlE3TWs5OGNmQzNpMklXQm9lUWZUQ211b2VGU3BlNFY0TUtMSGN5cjBBSWhBS2RrYXR3bEhBUTBmOGFySmlQKy9vTXhRR0tnT3BKV3NqWS81RkNkTEkxZiJ9',
        },
        body: '{"metadata":{"topic":"MARKETPLACE_ACCOUNT_DELETION","schemaVersion":"1.0"},"notification":{"notificationId":"49feeaeb-4982-42d9-a377-9645b8479411","eventDate":"2021-03-19T20:43:59.462Z","data":{"username":"test_user"}}}',
      },
      at: 1700000000,
      deliveryId: '49feeaeb-4982-42d9-a377-9645b8479411',
      signature: 'header:x-ebay-signature',
    },
  ],
  challenges: [
    {
      name: 'eBay: challenge_code',
      source: 'https://developer.ebay.com/marketplace-account-deletion',
      secrets: [],
      request: {
        method: 'GET',
        url: 'https://nocobase.example.com/api/webhooks/ebay?challenge_code=a8628072-3d33-45ee-9004-bee86830a22d',
      },
      at: 1700000000,
      reply: {
        kind: 'challenge_code',
        status: 200,
        contentType: 'application/json',
        body: '{"challengeResponse":"e81d0aaefbeb6c72a41301d94e7654d86d38a370ad26f4afb7e7e886bf2bf72d"}',
      },
      options: {
        verificationToken: 'a-verification-token-of-32-letters-',
      },
    },
  ],
};
