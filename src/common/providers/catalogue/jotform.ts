// Framework-free.

import type { Provider } from '../provider';

export const JOTFORM: Provider = {
  id: 'jotform',
  title: 'Jotform',
  scheme: {
    kind: 'token',
    sig: {
      from: 'query:token',
    },
  },
  secretLabel: 'Token',
  setup: [
    'At Jotform open “Settings”, “Integrations”, “Webhooks”.',
    'Make up a long random token, enter it here, and add it to the URL there as ?token=….',
    'The answers are JSON in the field rawRequest.',
    'Only https keeps what is sent from being seen: rely on nothing that you can’t look up.',
  ],
  example: {
    text: 'formID=232&submissionID=5555&formTitle=Contact&rawRequest=%7B%22q3_name%22%3A%7B%22first%22%3A%22Zo%C3%AB%22%7D%7D',
    contentType: 'application/x-www-form-urlencoded',
  },
  docs: 'https://www.jotform.com/help/245-how-to-setup-a-webhook-with-jotform/',
};
