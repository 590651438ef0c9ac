import { resolveConfig, type WebhookConfigInput } from '../../../src/common/config';
import { warningsOf, type Surroundings } from '../../../src/common/warnings';

const NOW = Date.parse('2026-01-10T00:00:00Z');
const at = (expiresAt: string) => [{ value: 'a secret that is long enough', expiresAt }];
const SECRETS = [{ value: 'a secret that is long enough' }];
const SIGNED = { type: 'signature', sig: { from: 'header:x-signature' }, secrets: SECRETS } as const;
const ID = { key: 'header:x-id', window: 60 };

function warned(stored: WebhookConfigInput, around: Partial<Surroundings> = {}): unknown[] {
  const found = warningsOf(resolveConfig(stored), { isSync: false, nodeTypes: [], now: NOW, ...around });
  return found.map(({ code, values }) => (Object.keys(values).length > 0 ? [code, values] : code));
}

it.each<[what: string, stored: WebhookConfigInput, around: Partial<Surroundings>, found: unknown[]]>([
  ['nothing of what starts from the defaults', {}, { nodeTypes: ['query', 'condition'] }, []],
  ...['create', 'update', 'destroy', 'sql', 'request'].map(
    (type): [string, WebhookConfigInput, Partial<Surroundings>, unknown[]] => [
      `nobody verified, and a node of type ${type}`,
      {},
      { nodeTypes: ['query', type] },
      ['UNVERIFIED_WRITE'],
    ],
  ),
  [
    'nothing of a node that writes where callers are verified',
    { auth: { type: 'basic', username: 'u', passwords: SECRETS } },
    { nodeTypes: ['create'] },
    [],
  ],
  [
    'a token in the URL',
    { auth: { type: 'token', in: 'query', name: 'token', secrets: SECRETS } },
    {},
    ['TOKEN_IN_QUERY'],
  ],
  ['a JWT in the URL', { auth: { type: 'jwt', in: 'query', algorithms: ['HS256'] } }, {}, ['TOKEN_IN_QUERY']],
  [
    'a custom token in the URL',
    { auth: { ...SIGNED, kind: 'token', sig: { from: 'query:t' } } },
    {},
    ['TOKEN_IN_QUERY'],
  ],
  ['a token in a header', { auth: { type: 'token', in: 'header', name: 'x', secrets: SECRETS } }, {}, []],
  ['a signature without a time or an id', { auth: { ...SIGNED, content: '{body}' } }, {}, ['RECORDED_CALL']],
  ['one whose repeats are known', { auth: { ...SIGNED, content: '{body}' }, dedupe: ID }, {}, []],
  [
    'one with a signed time',
    { auth: { ...SIGNED, content: '{ts}.{body}', ts: { from: 'header:x-time', tol: 300 } } },
    {},
    [],
  ],
  [
    'one whose signed time is not compared',
    { auth: { ...SIGNED, content: '{ts}.{body}', ts: { from: 'header:x-time', tol: 0 } } },
    {},
    ['RECORDED_CALL'],
  ],
  [
    'a provider whose signed time is not compared',
    { auth: { type: 'provider', provider: 'stripe', secrets: SECRETS, tolerance: 0 }, dedupe: null },
    {},
    ['RECORDED_CALL'],
  ],
  [
    'a provider that signs its time',
    { auth: { type: 'provider', provider: 'stripe', secrets: SECRETS }, dedupe: null },
    {},
    [],
  ],
  ['a provider whose ids are known', { auth: { type: 'provider', provider: 'github', secrets: SECRETS } }, {}, []],
  [
    'the same, with repeats that are not looked for',
    { auth: { type: 'provider', provider: 'github', secrets: SECRETS }, dedupe: null },
    {},
    ['RECORDED_CALL'],
  ],
  ['SHA-1', { auth: { ...SIGNED, alg: 'sha1', content: '{body}' }, dedupe: ID }, {}, [['WEAK_HASH', { hash: 'SHA1' }]]],
  ['MD5', { auth: { ...SIGNED, alg: 'md5', content: '{body}' }, dedupe: ID }, {}, [['WEAK_HASH', { hash: 'MD5' }]]],
  ['every page, and nobody verified', { cors: { origins: ['*'] } }, {}, []],
  [
    'every page, and a credential',
    { cors: { origins: ['*'] }, auth: { type: 'token', in: 'header', name: 'x', secrets: SECRETS } },
    {},
    ['ANY_PAGE'],
  ],
  ['callers who wait for a node that waits', {}, { isSync: true, nodeTypes: ['delay'] }, ['SYNC_WAITS']],
  ['callers who do not wait', {}, { nodeTypes: ['manual'] }, []],
  [
    'a secret that ends in seven days, and one that has ended',
    {
      auth: {
        type: 'basic',
        username: 'u',
        passwords: [...at('2026-01-17T00:00:00Z'), ...at('2026-01-09T00:00:00Z')],
      },
    },
    {},
    [['SECRET_ENDS', { date: '2026-01-09T00:00:00Z' }]],
  ],
  [
    'a secret that ends later',
    { auth: { type: 'basic', username: 'u', passwords: at('2026-01-17T00:00:01Z') } },
    {},
    [],
  ],
  [
    'a list that every address is in',
    { ipAllowlist: ['192.0.2.1', '::/0'] },
    {},
    [['ANY_ADDRESS', { network: '::/0' }]],
  ],
  ['a list of networks', { ipAllowlist: ['10.0.0.0/8'] }, {}, []],
])('warns of %s', (_what, stored, around, found) => {
  expect(warned(stored, around)).toEqual(found);
});
