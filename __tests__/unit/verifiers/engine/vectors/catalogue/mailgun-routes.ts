import type { ProviderFacts } from '../types';

export const MAILGUN_ROUTES: ProviderFacts = {
  provider: 'mailgun-routes',
  covers: ['none', false, 32400],
  idSigned: true,
  vectors: [
    {
      source:
        'https://documentation.mailgun.com/docs/mailgun/user-manual/receive-forward-store/receive-http; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'recipient=a%40example.com&subject=Hello&timestamp=1700000000&token=c3f1e0d2&signature=d838fcce81719d8afbf07ecb81408caca15e976f57628d4366a6bf6689d95277',
      },
      at: 1700000000,
      deliveryId: 'c3f1e0d2',
      signature: 'form:signature',
      signsBody: false,
      tolerance: 32400,
    },
  ],
};
