import type { ProviderFacts } from '../types';

export const GITEA: ProviderFacts = {
  provider: 'gitea',
  covers: ['whole', false, null],
  idSigned: false,
  vectors: [
    {
      source:
        'https://github.com/go-gitea/gitea/blob/main/services/webhook/deliver.go, its rule; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'x-gitea-delivery': 'f6266f16',
          'x-gitea-signature': '6c870a79fcb3d41fc8fc5575ea4803607e358f68013bbd2ae99bb58fc4460a11',
        },
        body: '{"ref":"refs/heads/main","repository":{"full_name":"gitea/webhooks"},"commits":[]}',
      },
      at: 1700000000,
      deliveryId: 'f6266f16',
      signature: 'header:x-gitea-signature',
    },
  ],
};
