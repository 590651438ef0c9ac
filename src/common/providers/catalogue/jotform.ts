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
    text: 'action=&username=example&formID=243231271343446&type=WEB&formTitle=Contact&submissionID=6084250982513018472&event=&rawRequest=%7B%22slug%22%3A%22submit%2F243231271343446%22%2C%22q3_name%22%3A%7B%22first%22%3A%22Zo%C3%AB%22%2C%22last%22%3A%22Example%22%7D%2C%22q33_typeOf%22%3A%22Online%22%2C%22path%22%3A%22%2Fsubmit%2F243231271343446%22%7D&pretty=Name%3AZo%C3%AB+Example%2C+Type%3AOnline&ip=203.0.113.9',
    contentType: 'application/x-www-form-urlencoded',
  },
  docs: 'https://www.jotform.com/help/245-how-to-setup-a-webhook-with-jotform/',
};
