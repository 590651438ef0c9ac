import type { ProviderFacts } from '../types';

export const RESEND: ProviderFacts = {
  provider: 'resend',
  covers: ['whole', false, 300],
  idSigned: true,
  vectors: [
    {
      source: 'https://resend.com/docs/webhooks/verify-webhooks-requests; computed with Python hmac',
      secret: 'whsec_TWZLUTlyOEdLWXFyVHdqVVBEOElMUFpJbzJMYUxhU3c=',
      otherSecret: 'whsec_YW5vdGhlci1zZWNyZXQtb2YtMjQtYnl0ZQ==',
      request: {
        headers: {
          'svix-id': 'msg_r1',
          'svix-timestamp': '1700000000',
          'svix-signature': 'v1,LsK2IYWmCrH7n/92T0I1a/n/Zq48FNAJ6PfRXcHW8tU=',
        },
        body: '{"type":"email.delivered","created_at":"2023-02-22T23:41:12.126Z","data":{"email_id":"56761188-7520-42d8-8898-ff6fc54ce618","to":["a@example.com"]}}',
      },
      at: 1700000000,
      deliveryId: 'msg_r1',
      signature: 'header:svix-signature',
      isList: true,
      signed: ['header:svix-id', 'header:svix-timestamp'],
      tolerance: 300,
    },
  ],
};
