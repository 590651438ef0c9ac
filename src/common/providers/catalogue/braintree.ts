// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const BRAINTREE: Provider = {
  id: 'braintree',
  title: 'Braintree',
  scheme: {
    kind: 'hmac',
    alg: 'sha1',
    sig: {
      from: 'form:bt_signature',
      split: '&',
      parts: {
        by: '|',
        key: 1,
        sig: 2,
      },
    },
    content: '{form:bt_payload}',
    // Base64 that ends in a line break is signed with it, whether or not the form still has it.
    alternatives: ['{form:bt_payload}\n'],
    key: {
      hash: 'sha1',
    },
  },
  covers: {
    body: 'part',
    url: false,
    tolerance: null,
  },
  secretLabel: 'Private key',
  setup: [
    'At Braintree open “API”, “Webhooks”.',
    PASTE_URL,
    'Copy the “Private Key”, paste it here, and save.',
    'The notification is XML in Base64, in the field bt_payload.',
  ],
  example: {
    text: 'bt_signature=pub1%7Cf41fd2d7c75576fb07c32828c7bda826b98856a0&bt_payload=PG5vdGlmaWNhdGlvbj48a2luZD5jaGVjazwva2luZD48L25vdGlmaWNhdGlvbj4%3D',
    contentType: 'application/x-www-form-urlencoded',
  },
  docs: 'https://developer.paypal.com/braintree/docs/guides/webhooks/parse',
};
