import type { ProviderFacts } from '../types';

export const VONAGE: ProviderFacts = {
  provider: 'vonage',
  covers: ['whole', false, 86400],
  idSigned: true,
  shows: ['header:authorization'],
  vectors: [
    {
      source:
        'https://developer.vonage.com/en/getting-started/concepts/webhooks, its rule; Python hmac and cryptography, by the rule of the documentation',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          authorization:
            'Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE3MDAwMDAwMDAsImp0aSI6ImoxIiwiaXNzIjoiVm9uYWdlIiwicGF5bG9hZF9oYXNoIjoiYjQzOWQwNTdlNGI0YzU2YTEyNzhmZDc0N2QzYWMxNDc1YTc0MDU3MTIyZjU1YWI5YzhmNTgxNmQxOGQ3NjlmZiIsImFwaV9rZXkiOiJhYmNkMTIzNCJ9.TrG9uyAwHkLNX9ivCZAtLxben83VfXnQGUYcWmykS-c',
        },
        body: '{"to":"447700900000","from":"447700900001","message_uuid":"aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab","text":"Hello"}',
      },
      at: 1700000000,
      deliveryId: '1d862e54f53615598c4cfec0f263403e5c14bebf7b5448b58fc0351afec17df2',
      signature: 'header:authorization',
      expires: true,
    },
  ],
};
