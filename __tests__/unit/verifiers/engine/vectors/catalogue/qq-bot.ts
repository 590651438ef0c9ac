import type { ProviderFacts } from '../types';

const SIGN_PAGE = 'https://bot.q.qq.com/wiki/develop/api-v2/dev-prepare/interface-framework/sign.html';
const VALIDATION = '{"d":{"plain_token":"Arq0D5A61EgUu4OxUvOp","event_ts":"1725442341"},"op":13}';

export const QQ_BOT: ProviderFacts = {
  provider: 'qq-bot',
  covers: ['whole', false, 900],
  idSigned: true,
  vectors: [
    {
      // The page prints the body on one line; the signature that it prints is that of the body on five.
      source: SIGN_PAGE,
      secret: 'naOC0ocQE3shWLAfffVLB1rhYPG7',
      otherSecret: 'DG5g3B4j9X2KOErG',
      request: {
        headers: {
          'x-signature-timestamp': '1725442341',
          'x-signature-ed25519':
            '865ad13a61752ca65e26bde6676459cd36cf1be609375b37bd62af366e1dc25a8dc789ba7f14e017ada3d554c671a911bfdf075ba54835b23391d509579ed002',
        },
        body: '{\n  "op": 0,\n  "d": {},\n  "t": "GATEWAY_EVENT_NAME"\n}',
      },
      at: 1_725_442_341,
      deliveryId: '25abd2e7330fd6183cb86802b5e7519fa245f110515ca2d91bdea4feaea80d3c',
      signature: 'header:x-signature-ed25519',
      signed: ['header:x-signature-timestamp'],
      tolerance: 900,
      reply: { status: 200, contentType: 'application/json', body: '{"op":12,"d":0}' },
    },
    {
      source:
        'https://bot.q.qq.com/wiki/develop/api-v2/dev-prepare/interface-framework/sign.html, its rule; Python cryptography, by the rule of the documentation',
      secret: 'naOC0ocQE3shWLAfffVLB1rhYPG7',
      otherSecret: 'DG5g3B4j9X2KOErG',
      request: {
        headers: {
          'x-signature-timestamp': '1725442341',
          'x-signature-ed25519':
            '274a456e77d881f34cdc14730d7ed8cacbd645d8d37e9af3a137fdb7b07627b7d1ed0cdf282788b8ea5094935d36f920524713a515b55a2f6b19f597ce17730c',
        },
        body: '{"id":"GROUP_AT_MESSAGE_CREATE:rg7lq1","op":0,"d":{"id":"ROBOT1.0_a","content":" hi "},"s":42,"t":"GROUP_AT_MESSAGE_CREATE"}',
      },
      at: 1_725_442_341,
      deliveryId: 'GROUP_AT_MESSAGE_CREATE:rg7lq1',
      signature: 'header:x-signature-ed25519',
      signed: ['header:x-signature-timestamp'],
      tolerance: 900,
      reply: { status: 200, contentType: 'application/json', body: '{"op":12,"d":0}' },
    },
  ],
  challenges: [
    {
      name: 'QQ bot: heartbeat',
      source:
        'https://github.com/tencent-connect/botgo/blob/master/interaction/webhook/webhook.go, its rule; Python cryptography',
      secrets: ['DG5g3B4j9X2KOErG'],
      request: {
        headers: {
          'x-signature-timestamp': '1725442341',
          'x-signature-ed25519':
            'cb8a18cc4c8f9a472c65851776f32a2808ee941a1e7d6317c65ec702519d60ec0ae79635c609e05c3bc8699813796be6c27b09b1d6ce84f2e56448292de8890d',
        },
        body: '{"op":1,"d":42}',
      },
      at: 1_725_442_341,
      reply: { kind: 'heartbeat', status: 200, contentType: 'application/json', body: '{"op":11,"d":42}' },
      broken: { headers: {}, body: '{"op":1,"d":42}' },
    },
    {
      // The page prints challenge and answer; that the challenge is signed like any call is what QQ's own botgo checks.
      name: 'QQ bot: callback validation',
      source: 'https://bot.q.qq.com/wiki/develop/api-v2/dev-prepare/interface-framework/event-emit.html',
      secrets: ['DG5g3B4j9X2KOErG'],
      request: {
        headers: {
          'x-signature-timestamp': '1725442341',
          'x-signature-ed25519':
            '83b6ac087184094d12acfde703017aad101fcff2f8345fd977de7300e7062b13ecf6bef86f29068624f8c6fd5747713c85a5ad5a151b2e532e8a8afcda39e80c',
        },
        body: VALIDATION,
      },
      at: 1_725_442_341,
      reply: {
        kind: 'callback validation',
        status: 200,
        contentType: 'application/json',
        body: '{"plain_token":"Arq0D5A61EgUu4OxUvOp","signature":"87befc99c42c651b3aac0278e71ada338433ae26fcb24307bdc5ad38c1adc2d01bcfcadc0842edac85e85205028a1132afe09280305f13aa6909ffc2d652c706"}',
      },
      broken: { headers: {}, body: VALIDATION },
    },
  ],
};
