import type { ProviderFacts } from '../types';

export const AZURE_DEVOPS: ProviderFacts = {
  provider: 'azure-devops',
  covers: ['none', false, null],
  idSigned: null,
  shows: ['header:authorization'],
  vectors: [
    {
      source: 'https://learn.microsoft.com/azure/devops/service-hooks/services/webhooks, its rule',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          authorization: 'Basic c2hvcDphLXNpZ25pbmctc2VjcmV0',
        },
        body: '{"id":"3bac0cb1-1d1a-4a5a-9d9b-3d9f4bd3b5a7","eventType":"build.complete","resource":{"id":2,"status":"succeeded"}}',
      },
      at: 1700000000,
      deliveryId: null,
      signature: 'header:authorization',
      signsBody: false,
      isToken: true,
      options: {
        username: 'shop',
      },
    },
  ],
};
