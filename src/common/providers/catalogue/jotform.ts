// Framework-free.

import type { Provider } from '../provider';
import { ONLY_HTTPS, TOKEN_IN_URL } from '../steps';

export const JOTFORM: Provider = {
  id: 'jotform',
  title: 'Jotform',
  scheme: {
    kind: 'token',
    sig: {
      from: 'query:token',
    },
  },
  jsonFields: ['rawRequest'],
  secretLabel: 'Token',
  setup: [
    'At Jotform open “Settings”, “Integrations”, “Webhooks”.',
    TOKEN_IN_URL,
    'The answers are JSON in the field rawRequest.',
    ONLY_HTTPS,
  ],
  example: {
    text: 'formID=232&submissionID=5555&formTitle=Contact&rawRequest=%7B%22q3_name%22%3A%7B%22first%22%3A%22Zo%C3%AB%22%7D%7D',
    contentType: 'application/x-www-form-urlencoded',
  },
  docs: 'https://www.jotform.com/help/245-how-to-setup-a-webhook-with-jotform/',
};
