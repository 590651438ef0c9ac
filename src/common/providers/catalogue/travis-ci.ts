// Framework-free.

import type { Provider } from '../provider';

export const TRAVIS_CI: Provider = {
  id: 'travis-ci',
  title: 'Travis CI',
  event: {
    from: ['form-json:payload.status_message'],
    names: ['Pending', 'Passed', 'Fixed', 'Broken', 'Failed', 'Still Failing', 'Canceled', 'Errored'],
  },
  scheme: {
    kind: 'rsa',
    alg: 'sha1',
    sig: {
      from: 'header:signature',
      enc: 'base64',
    },
    content: '{form:payload}',
    key: {
      enc: 'pem',
    },
  },
  covers: {
    body: 'part',
    url: false,
    tolerance: null,
  },
  jsonFields: ['payload'],
  secretLabel: 'Public key',
  setup: [
    'Copy config.notifications.webhook.public_key from https://api.travis-ci.com/config, and paste it here.',
    'Add this URL to “notifications: webhooks:” in .travis.yml.',
    'Know that only some fields of the body are signed: rely on no others.',
  ],
  example: {
    text: 'payload=%7B%22id%22%3A1%2C%22number%22%3A%221%22%2C%22status_message%22%3A%22Passed%22%7D',
    contentType: 'application/x-www-form-urlencoded',
  },
  docs: 'https://docs.travis-ci.com/user/notifications/#verifying-webhook-requests',
};
