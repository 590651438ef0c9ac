import type { ProviderFacts } from '../types';

export const CLERK: ProviderFacts = {
  provider: 'clerk',
  covers: ['whole', false, 300],
  idSigned: true,
  vectors: [
    {
      source: 'https://clerk.com/docs/guides/development/webhooks/overview; computed with Python hmac',
      secret: 'whsec_TWZLUTlyOEdLWXFyVHdqVVBEOElMUFpJbzJMYUxhU3c=',
      otherSecret: 'whsec_YW5vdGhlci1zZWNyZXQtb2YtMjQtYnl0ZQ==',
      request: {
        headers: {
          'svix-id': 'msg_c1',
          'svix-timestamp': '1700000000',
          'svix-signature': 'v1,yOkC9XCxeaZlleHvuROla54/eEnxL9OWJ7bt1gAKBow=',
        },
        body: '{"data":{"id":"user_29w83sxmDNGwOuEthce5gg56FcC","object":"user"},"object":"event","type":"user.created"}',
      },
      at: 1700000000,
      deliveryId: 'msg_c1',
      signature: 'header:svix-signature',
      isList: true,
      signed: ['header:svix-id', 'header:svix-timestamp'],
      tolerance: 300,
    },
  ],
};
