// Framework-free.

import type { Provider } from '../provider';

export const KUAIDI100: Provider = {
  id: 'kuaidi100',
  title: 'Kuaidi100 (快递100)',
  event: { from: ['form-json:param.status'], names: ['polling', 'shutdown', 'abort', 'updateall'] },
  scheme: {
    kind: 'hash',
    alg: 'md5',
    sig: {
      from: 'form:sign',
      enc: 'hex-upper',
    },
    content: '{form:param}{secret}',
    answer: {
      status: 200,
      type: 'application/json',
      body: '{"result":true,"returnCode":"200","message":"成功"}',
    },
  },
  covers: {
    body: 'part',
    url: false,
    tolerance: null,
  },
  jsonFields: ['param'],
  secretLabel: 'Salt',
  setup: [
    'Make up a salt, enter it here, and give it and this URL when you subscribe.',
    'The state is JSON in the field param.',
    'Know that MD5 is broken: whoever sees a call may make another.',
  ],
  example: {
    text: 'sign=2EE9878619D9B4B1F867EC2497266B39&param=%7B%22status%22%3A%22polling%22%2C%22billstatus%22%3A%22got%22%2C%22lastResult%22%3A%7B%22nu%22%3A%22V030344422%22%2C%22state%22%3A%220%22%7D%7D',
    contentType: 'application/x-www-form-urlencoded',
  },
  docs: 'https://api.kuaidi100.com/document/5f0ffa8f2977d50a94e1023c',
};
