import type { ProviderFacts } from '../types';

export const FLUTTERWAVE_V4: ProviderFacts = {
  provider: 'flutterwave-v4',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source: 'https://developer.flutterwave.com/docs/webhooks; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: { 'flutterwave-signature': 'TroTwlYP0SS5+7StIMCJPJnCjo8iTtKCPZUtDskyjK0=' },
        body: '{"webhook_id":"wbk_Gkj5BCN2hYMdI6VZ4K0q","timestamp":1734096441000,"type":"charge.completed","data":{"id":"chg_DUcS9P3vLM","amount":2000,"currency":"NGN","reference":"ex-123","status":"succeeded"}}',
      },
      at: 1700000000,
      deliveryId: '1734096441000 7d443b768cb7264ee1cd248d945fd55bb42991715d77ec5bdc0c3b13e2d477ce',
      signature: 'header:flutterwave-signature',
    },
  ],
};
