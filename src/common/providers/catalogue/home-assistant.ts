// Framework-free.

import type { Provider } from '../provider';
import { ONLY_HTTPS } from '../steps';

export const HOME_ASSISTANT: Provider = {
  id: 'home-assistant',
  title: 'Home Assistant',
  scheme: {
    kind: 'token',
    sig: {
      from: 'header:authorization',
      strip: 'Bearer ',
    },
  },
  secretLabel: 'Token',
  setup: [
    'Make a rest_command with this URL, the method post, the content_type application/json, and the header authorization: Bearer and a token.',
    'Make up a long random token, and enter it there and here.',
    ONLY_HTTPS,
  ],
  example: {
    json: {
      entity_id: 'binary_sensor.door',
      state: 'on',
    },
  },
  docs: 'https://www.home-assistant.io/integrations/rest_command/',
};
