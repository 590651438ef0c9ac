import type { Vector } from './types';

const BY_PYTHON = 'computed once with Python hmac/hashlib';

/** Schemes that sign a time. */
export const TIMED_VECTORS: Vector[] = [
  {
    provider: 'stripe',
    source: BY_PYTHON,
    secret: 'whsec_test_secret',
    otherSecret: 'whsec_other_secret',
    request: {
      headers: {
        'stripe-signature':
          't=1700000000,v1=0c8670ed117751cc551a20e35839447075c42800ea3cf3e8a2fbda99cd1e6edd,v1=0000000000000000000000000000000000000000000000000000000000000000,v0=6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39',
      },
      body: '{"id":"evt_1","object":"event"}',
    },
    at: 1_700_000_000,
    deliveryId: 'evt_1',
    signature: 'header:stripe-signature',
    isList: true,
    tolerance: 300,
  },
  {
    provider: 'calendly',
    source: BY_PYTHON,
    secret: 'calendly-signing-key',
    otherSecret: 'calendly-other-key',
    request: {
      headers: {
        'calendly-webhook-signature':
          't=1700000000,v1=81a9bfd092b45e5532457d73f595f87d45462d421449a6bae3fa0fa5ec207239',
      },
      body: '{"event":"invitee.created"}',
    },
    at: 1_700_000_000,
    deliveryId: '2708a20adec73b20bb340a1e9e772dd989c8e2c153a1063369e83b5c7683f449',
    signature: 'header:calendly-webhook-signature',
    isList: true,
    tolerance: 180,
  },
  {
    provider: 'paddle',
    source: BY_PYTHON,
    secret: 'pdl_ntfset_01h_secret',
    otherSecret: 'pdl_ntfset_02h_secret',
    request: {
      headers: {
        'paddle-signature': 'ts=1700000000;h1=f9d3b075f6e0b21ce2157f39a9eaee0b1ae03f81e030c52eb85157fb19c926c4',
      },
      body: '{"event_id":"evt_01h","event_type":"transaction.completed"}',
    },
    at: 1_700_000_000,
    deliveryId: 'evt_01h',
    signature: 'header:paddle-signature',
    isList: true,
    tolerance: 5,
  },
  {
    provider: 'slack',
    source: 'https://docs.slack.dev/authentication/verifying-requests-from-slack',
    secret: '8f742231b10e8888abcd99yyyzzz85a5',
    otherSecret: '9f742231b10e8888abcd99yyyzzz85a5',
    request: {
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': '1531420618',
        'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
      },
      body: 'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
    },
    at: 1_531_420_618,
    deliveryId: '825d85f1380c13692f843f77083a8bbf4bc9df455f355b153a64590c7cc195e1',
    signature: 'header:x-slack-signature',
    signed: ['header:x-slack-request-timestamp'],
    tolerance: 300,
  },
  {
    provider: 'zoom',
    source: BY_PYTHON,
    secret: 'zoom-secret-token',
    otherSecret: 'zoom-other-token',
    request: {
      headers: {
        'x-zm-request-timestamp': '1700000000',
        'x-zm-signature': 'v0=dc9902db06ac61a4ad02ad0a989a3cd62e71f22172d38c201a7188eef2ddf496',
      },
      body: '{"event":"meeting.started","payload":{"object":{"id":"1"}}}',
    },
    at: 1_700_000_000,
    deliveryId: '9eea5147ee9cf33955c995f643173bec735558e8a16cd058b638a332a4c9c00f',
    signature: 'header:x-zm-signature',
    signed: ['header:x-zm-request-timestamp'],
    tolerance: 300,
  },
  ...(
    [
      ['standard-webhooks', 'webhook'],
      ['gitlab-signing', 'webhook'],
      ['svix', 'svix'],
    ] as const
  ).map(([provider, word]): Vector => ({
    provider,
    source: 'https://github.com/standard-webhooks/standard-webhooks, libraries/javascript, “sign function works”',
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    otherSecret: 'whsec_NfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    request: {
      headers: {
        [`${word}-id`]: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        [`${word}-timestamp`]: '1614265330',
        [`${word}-signature`]:
          'v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v2,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=',
      },
      body: '{"test": 2432232314}',
    },
    at: 1_614_265_330,
    deliveryId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    signature: `header:${word}-signature`,
    isList: true,
    signed: [`header:${word}-id`, `header:${word}-timestamp`],
    tolerance: 300,
  })),
  {
    provider: 'hubspot',
    source: BY_PYTHON,
    secret: 'hubspot-client-secret',
    otherSecret: 'hubspot-other-secret',
    request: {
      url: 'https://hooks.example.com/api/webhooks/hubspot?portal=1%3A2',
      headers: {
        'x-hubspot-request-timestamp': '1700000000000',
        'x-hubspot-signature-v3': 'PnfR7YM544wtnWt+tEyLedLRrXX4DauaKXiL0Er1tIA=',
      },
      body: '[{"eventId":100,"subscriptionType":"contact.creation"}]',
    },
    at: 1_700_000_000,
    deliveryId: 'd4ded6ccb70b1e22fa817bd8a117d54c7618bb010acb657b2ce928bf3a1da4a5',
    signature: 'header:x-hubspot-signature-v3',
    signed: ['url', 'method', 'header:x-hubspot-request-timestamp'],
    tolerance: 300,
  },
  {
    provider: 'hubspot',
    source: `${BY_PYTHON}; %3A in the URL decoded before signing, as HubSpot’s documentation says`,
    secret: 'hubspot-client-secret',
    otherSecret: 'hubspot-other-secret',
    request: {
      url: 'https://hooks.example.com/api/webhooks/hubspot?portal=1%3A2',
      headers: {
        'x-hubspot-request-timestamp': '1700000000000',
        'x-hubspot-signature-v3': 'if7cYMBbe2bYO3xkuShuy4xvGMutfdt1GwKwWJXLtmY=',
      },
      body: '[{"eventId":100,"subscriptionType":"contact.creation"}]',
    },
    at: 1_700_000_000,
    deliveryId: '4f97cc3cb9116c63649f00da62d78a6774a366c5ec90d6592a022c1e39db4ebb',
    signature: 'header:x-hubspot-signature-v3',
    signed: ['url', 'method', 'header:x-hubspot-request-timestamp'],
    tolerance: 300,
  },
  {
    provider: 'linear',
    source: BY_PYTHON,
    secret: 'lin_wh_secret',
    otherSecret: 'lin_wh_other',
    request: {
      headers: {
        'linear-signature': '91e919dc0fd99df1cae12efef1ca08b082cfa523f101b572ec14ed98863fdf35',
        'linear-delivery': '234d1a4e-b617-4388-90fe-adc3633d6b72',
      },
      body: '{"action":"create","type":"Issue","webhookTimestamp":1700000000000}',
    },
    at: 1_700_000_000,
    deliveryId: '710faa25c59548f1b4249b46710d34ca28a3fb0cbc171b7bb07f84c87f63c82f',
    signature: 'header:linear-signature',
    tolerance: 60,
  },
  {
    provider: 'dingtalk-robot',
    source: BY_PYTHON,
    secret: 'ding-app-secret',
    otherSecret: 'ding-other-secret',
    request: {
      headers: { timestamp: '1700000000000', sign: 'sZoMrNHu4Z8r7pQHyTosa2ZUOYeRrOMJo/V3u3HjY6A=' },
      body: '{"msgId":"msg+1","text":{"content":"hello"}}',
    },
    at: 1_700_000_000,
    deliveryId: 'msg+1',
    signature: 'header:sign',
    signed: ['header:timestamp'],
    signsBody: false,
    tolerance: 3600,
  },
  {
    provider: 'gitee',
    source: BY_PYTHON,
    secret: 'SEC-gitee-key',
    otherSecret: 'SEC-gitee-other',
    request: {
      headers: {
        'x-gitee-timestamp': '1700000000000',
        'x-gitee-token': 'iWNETL8uK9eQQx+LwhxIAuCQQq65s8XWbD+46xwOC0I=',
      },
      body: '{"hook_name":"push_hooks"}',
    },
    at: 1_700_000_000,
    deliveryId: null,
    signature: 'header:x-gitee-token',
    signed: ['header:x-gitee-timestamp'],
    signsBody: false,
    tolerance: 3600,
  },
  {
    provider: 'mailgun',
    source: BY_PYTHON,
    secret: 'mailgun-signing-key',
    otherSecret: 'mailgun-other-key',
    request: {
      body: '{"signature":{"timestamp":"1700000000","token":"ae617a2b5b1cb1ab0b6c0a8d3b5e0d6a","signature":"1ffed76497e3013dd7d6c9f76e3eda18e3ab64bc342a4e1dbe199d8aa6fbbecc"},"event-data":{"event":"delivered"}}',
    },
    at: 1_700_000_000,
    deliveryId: 'ae617a2b5b1cb1ab0b6c0a8d3b5e0d6a',
    signature: 'json:signature.signature',
    signsBody: false,
    signed: ['json:signature.timestamp', 'json:signature.token'],
    tolerance: 32_400,
  },
  {
    provider: 'wechat-mp',
    source: BY_PYTHON,
    secret: 'wechatToken1',
    otherSecret: 'wechatToken2',
    request: {
      url: '/api/webhooks/wx?signature=37c6729bc963d451c049b1bffb6cc501d85cab67&timestamp=1700000000&nonce=1320562132',
      headers: { 'content-type': 'text/xml' },
      body: '<xml><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[hi]]></Content><MsgId>1234567890123456</MsgId></xml>',
    },
    at: 1_700_000_000,
    deliveryId: '1234567890123456',
    signature: 'query:signature',
    signed: ['query:timestamp', 'query:nonce'],
    signsBody: false,
    tolerance: 300,
  },
];
