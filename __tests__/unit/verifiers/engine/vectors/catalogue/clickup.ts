import type { ProviderFacts } from '../types';

export const CLICKUP: ProviderFacts = {
  provider: 'clickup',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source: 'https://developer.clickup.com/docs/webhooksignature; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-signature': '9abaa8f67e8834863674f130a9bd807997660e8a697daa0fd5e8197196207bce',
        },
        body: '{"event":"taskCreated","task_id":"1vj37mc","webhook_id":"7fa3ec74-69a8-4530-a251-8a13730bd204","history_items":[{"id":"2800763136717140857"}]}',
      },
      at: 1700000000,
      deliveryId: '7fa3ec74-69a8-4530-a251-8a13730bd204 taskCreated 2800763136717140857',
      signature: 'header:x-signature',
    },
  ],
};
