import type { ProviderFacts } from '../types';

export const KUAIDI100: ProviderFacts = {
  provider: 'kuaidi100',
  covers: ['part', false, null],
  idSigned: null,
  vectors: [
    {
      source:
        'https://api.kuaidi100.com/document/5f0ffa8f2977d50a94e1023c; Subscribe.callBackUrl of github.com/kuaidi100-api/java-demo; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'sign=2EE9878619D9B4B1F867EC2497266B39&param=%7B%22status%22%3A%22polling%22%2C%22billstatus%22%3A%22got%22%2C%22lastResult%22%3A%7B%22nu%22%3A%22V030344422%22%2C%22state%22%3A%220%22%7D%7D',
      },
      at: 1700000000,
      deliveryId: null,
      signature: 'form:sign',
      signsBody: false,
      reply: {
        status: 200,
        contentType: 'application/json',
        body: '{"result":true,"returnCode":"200","message":"成功"}',
      },
    },
  ],
};
