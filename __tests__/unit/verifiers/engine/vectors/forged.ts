import type { Vector } from './types';

/** Signed with the right secret, and yet not to be let in. */
export interface Forged extends Pick<Vector, 'provider' | 'secret' | 'request' | 'at'> {
  name: string;
}

const GITHUB_BODY = 'Hello, World!';
const STRIPE_BODY = '{"id":"evt_1","object":"event"}';

/** Signatures computed once with Python hmac. */
export const FORGED: Forged[] = [
  {
    name: 'a message without an id, signed as if it were empty',
    provider: 'standard-webhooks',
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    request: {
      headers: {
        'webhook-timestamp': '1614265330',
        'webhook-signature': 'v1,BbrBopkxy1IaPTmLxhGOIjtynRWNh3UqphKDPFaJ1cU=',
      },
      body: '{"test": 2432232314}',
    },
    at: 1_614_265_330,
  },
  ...(
    [
      ['an empty key', '', '2bbcfa9524f3218c7a34b30e6936f8b1a4516cb097f1a85a1c7d98b5977ec769'],
      ['a key of one blank', ' ', '32c26866a95ba2351872780a2def18864f6229d0d5e1fd63b3d56ee6cedf828a'],
      ['SHA-1 in place of SHA-256', "It's a Secret to Everybody", '01dc10d0c83e72ed246219cdd91669667fe2ca59'],
    ] as const
  ).map(([name, secret, signature]): Forged => ({
    name,
    provider: 'github',
    secret,
    request: { headers: { 'x-hub-signature-256': `sha256=${signature}` }, body: GITHUB_BODY },
    at: 1_700_000_000,
  })),
  ...(
    [
      ['1.7e9', '984461ce7d72cdf8e860bdff445bfae02d9c501f07de80c139f1e21bc393ff15'],
      ['0x6553f100', '4a3d1c3cec83756b3d1e15c2de37576ffe0f911577078ff3b8c2f5644f3afc42'],
      [' 1700000000', '1221ef953593818bdb629179e0021c54c468e14a9ced955b9823d2c9fd056c00'],
      ['+1700000000', '531cdeb4906e4524422e510087f3c8fe0609af19d457fa17b832bf5fddc49e1e'],
      ['', '9379e501cc5991192b465e7ba582aae67830fee8f76d685d12d18ccacb479923'],
      ['1700000000,t=1700000000', '0c8670ed117751cc551a20e35839447075c42800ea3cf3e8a2fbda99cd1e6edd'],
    ] as const
  ).map(([time, signature]): Forged => ({
    name: `a time written as "${time}"`,
    provider: 'stripe',
    secret: 'whsec_test_secret',
    request: { headers: { 'stripe-signature': `t=${time},v1=${signature}` }, body: STRIPE_BODY },
    at: 1_700_000_000,
  })),
  {
    name: 'a digit moved from the time to the token, by which a repeat is known',
    provider: 'mailgun',
    secret: 'mailgun-signing-key',
    request: {
      body: '{"signature":{"timestamp":"170000000","token":"0ae617a2b5b1cb1ab0b6c0a8d3b5e0d6a","signature":"1ffed76497e3013dd7d6c9f76e3eda18e3ab64bc342a4e1dbe199d8aa6fbbecc"}}',
    },
    at: 1_700_000_000,
  },
  ...['"clientState":"another"', '"x":1', '"clientState":null', '"clientState":["graph-client-state"]'].map(
    (second): Forged => ({
      name: `one item of two with ${second}`,
      provider: 'msgraph',
      secret: 'graph-client-state',
      request: { body: `{"value":[{"id":"n1","clientState":"graph-client-state"},{"id":"n2",${second}}]}` },
      at: 1_700_000_000,
    }),
  ),
  {
    name: 'no item at all',
    provider: 'msgraph',
    secret: 'graph-client-state',
    request: { body: '{"value":[]}' },
    at: 1_700_000_000,
  },
];
