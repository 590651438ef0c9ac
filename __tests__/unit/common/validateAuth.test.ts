import { authRule } from '../../../src/common/validateAuth';

const JWT = { type: 'jwt', algorithms: ['RS256'], jwksUrl: 'https://issuer.example/jwks.json' };
const MTLS = {
  type: 'mtls',
  verifyHeader: 'X-SSL-Client-Verify',
  verifyValue: 'SUCCESS',
  identityHeader: 'X-SSL-Client-S-DN',
  allowed: ['CN=client'],
};
const PING = { kind: 'ping', when: { has: 'query:a' }, auth: 'none', reply: { status: 200, body: '{query:a}' } };

describe('the settings of tokens and client certificates', () => {
  it.each([
    JWT,
    { ...JWT, handshake: [PING] },
    { ...JWT, jwksUrl: '', publicKey: '{}', issuer: 'me', clockTolerance: 0, requireExpiry: false },
    MTLS,
  ])('takes %j', (auth) => {
    expect(authRule(auth, 'auth')).toEqual([]);
  });

  it.each<[string, object]>([
    ['auth.algorithms', { ...JWT, algorithms: [] }],
    ['auth.algorithms', { type: 'jwt' }],
    ['auth.algorithms.0', { ...JWT, algorithms: ['none'] }],
    ['auth.jwksUrl', { ...JWT, jwksUrl: 'http://issuer.example/jwks.json' }],
    ['auth.jwksUrl', { ...JWT, jwksUrl: 'jwks.json' }],
    ['auth.clockTolerance', { ...JWT, clockTolerance: -1 }],
    ['auth.handshake.0.auth', { ...JWT, handshake: [{ ...PING, auth: 'signature' }] }],
    ['auth.handshake.0.reply', { ...JWT, handshake: [{ ...PING, reply: { status: 200, body: '{hmac:query:a}' } }] }],
    ['auth.handshake.0.reply.body', { ...JWT, handshake: [{ ...PING, reply: { status: 200, body: '{secret:a}' } }] }],
    [
      'auth.handshake.0.reply',
      {
        ...JWT,
        handshake: [
          { ...PING, reply: { status: 200, body: '{query:a}'.repeat(25), headers: { 'x-a': '{query:a}'.repeat(26) } } },
        ],
      },
    ],
    ['auth.verifyHeader', { ...MTLS, verifyHeader: 'no header' }],
    ['auth.verifyValue', { ...MTLS, verifyValue: '' }],
    ['auth.allowed', { ...MTLS, allowed: [] }],
    ['auth.allowed.0', { ...MTLS, allowed: [''] }],
  ])('names %s', (path, auth) => {
    expect(authRule(auth, 'auth').map((issue) => issue.path)).toEqual([path]);
  });
});

describe('the settings of a custom signature', () => {
  const timed = {
    type: 'signature',
    sig: { from: 'header:x-sig' },
    ts: { from: 'header:x-time', unit: 'unix', tol: 300 },
  };
  const ping = { kind: 'ping', when: { has: ['json:a', 'json:b'] }, auth: 'none', reply: { status: 200 } };

  it.each([
    { ...timed, content: 'ts:{ts};{body}' },
    { ...timed, content: '{ts}.{body}', handshake: [ping] },
    { ...timed, content: '{"t":"{ts}","b":{json:b}}' },
    { ...timed, content: ';{ts};{lower:query:a}{sorted:secret,query:a,form:b}{md5-base64:json:x}{target}' },
    { ...timed, content: '{sorted-query}' },
    {
      ...timed,
      handshake: [{ ...ping, auth: 'signature', reply: { status: 200, body: '{"a":"{hmac:json:a+url}"}' } }],
    },
  ])('takes %j', (auth) => {
    expect(authRule(auth, 'auth')).toEqual([]);
  });

  it.each<[string, object]>([
    ['auth.ts.unit', { ...timed, content: '{ts}{body}' }],
    ['auth.ts.unit', { ...timed, content: '{header:x-id}{ts}.{body}' }],
    ['auth.ts.unit', { ...timed, content: '{ts}0{body}' }],
    ...['{timestamp}.{boddy}', '{body }', '{{body}}', '{ts}.{body', '{ts}{sorted:secret,ts}', '{config:a}{body}'].map(
      (content): [string, object] => ['auth.content', { ...timed, content }],
    ),
    ...['v1', '{secret}', '{method} {path}', '{url-bare}{sha256:secret}'].map((content): [string, object] => [
      'auth.content',
      { ...timed, content },
    ]),
    ...[
      '{lower:secret}',
      '{sorted:secret,query:a}',
      '{query:a',
      '{sha256:config:a+query:b}',
      '{sha256-hex:secret}',
    ].map((body): [string, object] => [
      'auth.handshake.0.reply.body',
      { ...timed, handshake: [{ ...ping, reply: { status: 200, body } }] },
    ]),
    [
      'auth.handshake.0.reply.headers.x-a',
      { ...timed, handshake: [{ ...ping, reply: { status: 200, headers: { 'x-a': '{hmac-hex:url+secret:b}' } } }] },
    ],
    [
      'auth.handshake.0.when.has.1',
      { ...timed, content: '{ts}.{body}', handshake: [{ ...ping, when: { has: ['json:a', 'b'] } }] },
    ],
  ])('names %s', (path, auth) => {
    expect(authRule(auth, 'auth').map((issue) => issue.path)).toEqual([path]);
  });
});
