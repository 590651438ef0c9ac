import type { ProviderFacts } from '../types';

export const HOME_ASSISTANT: ProviderFacts = {
  provider: 'home-assistant',
  covers: ['none', false, null],
  idSigned: null,
  shows: ['header:authorization'],
  vectors: [
    {
      source: 'https://www.home-assistant.io/integrations/rest_command/, its rule',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          authorization: 'Bearer a-signing-secret',
        },
        body: '{"entity_id":"binary_sensor.door","state":"on"}',
      },
      at: 1700000000,
      deliveryId: null,
      signature: 'header:authorization',
      signsBody: false,
      isToken: true,
    },
  ],
};
