import { createPublicKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import type { WebhookAuth } from '../../../src/common/auth';
import { configIssues } from '../../../src/server/validateSchemas';
import { looksLikePublicKey, readPublicKeys } from '../../../src/server/verifiers/jwtKeys';
import { publicKey } from '../../../src/server/verifiers/schemeKeys';

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ed = generateKeyPairSync('ed25519');
const pem = ({ publicKey }: typeof ec) => String(publicKey.export({ type: 'spki', format: 'pem' }));
const privatePem = (pair: typeof ec, type: 'pkcs8' | 'sec1' | 'pkcs1' = 'pkcs8') =>
  String(pair.privateKey.export({ type: type as 'pkcs8', format: 'pem' }));
const encrypted = String(
  ec.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'p' }),
);
const jwk = (key: typeof ec.publicKey, more = {}) => JSON.stringify({ ...key.export({ format: 'jwk' }), ...more });
const set = (...jwks: string[]) => `{"keys":[${jwks.join()}]}`;

/** Where something is wrong with settings. */
const issuesOf = (auth: object) => configIssues({ auth });
const paths = (auth: object) => issuesOf(auth).map(({ path }) => path);
const jwt = (publicKey: string, algorithms = ['ES256']) => ({ type: 'jwt', algorithms, publicKey });
const signature = (kind: string, ...secrets: unknown[]) => ({
  type: 'signature',
  kind,
  sig: { from: 'header:x' },
  secrets,
});

const PRIVATE: [string, string][] = [
  ['PKCS #8', privatePem(ec)],
  ['SEC 1', privatePem(ec, 'sec1')],
  ['PKCS #1', privatePem(rsa, 'pkcs1')],
  ['encrypted', encrypted],
  ['on one line', privatePem(ec).replaceAll('\n', ' ')],
  ['behind its public key', pem(ec) + privatePem(ec)],
  ['OpenSSH', '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----'],
  ['JWK', jwk(ec.privateKey)],
  ['JWK of RSA', jwk(rsa.privateKey)],
  ['JWKS', set(jwk(ec.publicKey), jwk(ec.privateKey))],
  ['a shared key', '{"kty":"oct","k":"c2VjcmV0LXNlY3JldA"}'],
];

describe.each(PRIVATE)('a private key, %s,', (_form, key) => {
  it.each<[string, object, string]>([
    ['as public key', jwt(key), 'auth.publicKey'],
    ['as public key that is not used', jwt(key, ['HS256']), 'auth.publicKey'],
    ['among the keys of tokens', { type: 'jwt', algorithms: ['ES256'], secrets: [key] }, 'auth.secrets'],
    ['as key of a signature', signature('ecdsa', pem(ec), { name: 'n', value: key }), 'auth.secrets'],
    ['as key of a provider', { type: 'provider', provider: 'telnyx', secrets: [key] }, 'auth.secrets'],
  ])('is refused %s, by a text without it', (_where, auth, path) => {
    const issues = issuesOf(auth);
    expect(issues).toEqual([{ path, message: expect.stringContaining('private key') as string }]);
    expect(JSON.stringify(issues)).not.toContain(key.slice(20, 38));
  });

  it('is no public key, and no shared secret', () => {
    expect(readPublicKeys(key)).toHaveLength(key.startsWith('{"keys"') ? 1 : 0);
    expect(looksLikePublicKey(key)).toBe(true);
  });
});

it.each<[string, object]>([
  ['nonsense', jwt('nonsense')],
  ['nonsense that is not used', jwt('nonsense', ['HS256'])],
  ['an empty JWK', jwt('{}')],
  ['a key of another kind', jwt(pem(rsa as typeof ec))],
  ['a key of another curve', jwt(pem(ec), ['ES384'])],
  ['a key for another algorithm', jwt(set(jwk(rsa.publicKey, { alg: 'RS512' })), ['RS256'])],
  ['a key to encrypt by', jwt(jwk(ec.publicKey, { use: 'enc' }))],
])('a token can not be verified by %s', (_what, auth) => {
  expect(paths(auth)).toEqual(['auth.publicKey']);
});

it.each<[string, object]>([
  ['nonsense', signature('rsa', 'nonsense')],
  ['a key of another kind', signature('rsa', pem(ec))],
  ['several that are none', signature('ed25519', pem(ec), 'x')],
  ['a key of another kind, of a provider', { type: 'provider', provider: 'telnyx', secrets: ['nonsense'] }],
  ['a key for another algorithm', { ...signature('jws', pem(ec)), algorithms: ['RS256'] }],
])('a signature can not be verified by %s', (_what, auth) => {
  expect(paths(auth)).toEqual(['auth.secrets']);
});

it.each<[string, object]>([
  ['a PEM', jwt(pem(ec))],
  ['a PEM on one line', jwt(pem(ec).replaceAll('\n', ' '))],
  ['a JWK', jwt(jwk(ec.publicKey))],
  ['a set with one that fits', jwt(set(jwk(rsa.publicKey), jwk(ec.publicKey)))],
  ['one of several algorithms', jwt(pem(rsa as typeof ec), ['HS256', 'PS256'])],
  ['Ed25519', jwt(pem(ed as typeof ec), ['EdDSA'])],
  ['none yet', jwt('')],
  ['what is not used', jwt(pem(ec), ['HS256'])],
  ['a key of RSA', signature('rsa', pem(rsa as typeof ec))],
  ['a key beside a secret of answers', signature('ecdsa', { name: 'answers', value: 'x' }, pem(ec))],
  ['a variable', signature('ecdsa', '{{$env.KEY}}')],
  ['no secret yet', signature('ecdsa')],
  ['a seed', { ...signature('ed25519', 'x'), key: { enc: 'seed' } }],
  ['a shared secret that begins like a key', signature('hmac', privatePem(ec))],
  ['one key of several algorithms', { ...signature('jws', pem(ec)), algorithms: ['RS256', 'ES256'] }],
])('nothing is wrong with %s', (_what, auth) => {
  expect(issuesOf(auth)).toEqual([]);
});

it.each<[string, object, string[]]>([
  ['what was never sealed', { sealed: 'any text' }, ['auth.secrets']],
  ['too little of it', { sealed: 'v1.AAAA' }, ['auth.secrets']],
  ['what may be', { sealed: `v1.${'A'.repeat(40)}` }, []],
])('a stored secret: %s', (_what, entry, expected) => {
  expect(paths({ type: 'token', in: 'header', name: 'x', secrets: [entry] })).toEqual(expected);
});

it('a stored setting of a provider that was never sealed is refused', () => {
  const options = { verifyToken: { sealed: 'any text' } };
  const auth = { type: 'provider', provider: 'meta', secrets: ['x'], options } as unknown as WebhookAuth;
  expect(paths(auth)).toEqual(['auth.options.verifyToken']);
});

describe('an RSA key that takes long to check by, or proves nothing', () => {
  const odd = (bytes: number, first = 0xff) => {
    const number = Buffer.alloc(bytes, 0x5b);
    number[0] = first;
    return number;
  };
  const rsaJwk = (bytes: number, e: Buffer) =>
    JSON.stringify({ kty: 'RSA', n: odd(bytes).toString('base64url'), e: e.toString('base64url') });
  const usual = Buffer.from([1, 0, 1]);
  const spki = (text: string, format: 'pem' | 'der') =>
    createPublicKey({ key: JSON.parse(text) as JsonWebKey, format: 'jwk' })
      .export({ type: 'spki', format: format as 'der' })
      .toString(format === 'der' ? 'base64' : 'utf8');
  const exponent = rsaJwk(256, Buffer.from('0100000001', 'hex'));
  const bits = rsaJwk(1_025, usual);
  const forgeable = rsaJwk(256, Buffer.from([1]));
  const even = rsaJwk(256, Buffer.from([1, 0, 0]));
  const short = rsaJwk(127, usual);

  it.each<[string, object, string]>([
    ['by its exponent', signature('rsa', pem(rsa as typeof ec), exponent), 'auth.secrets'],
    ['by its bits', signature('rsa', bits), 'auth.secrets'],
    ['with so few that it can be taken apart', signature('rsa', short), 'auth.secrets'],
    ['by which a signature is the text itself', signature('rsa', forgeable), 'auth.secrets'],
    ['by which in PEM', signature('rsa', spki(forgeable, 'pem')), 'auth.secrets'],
    ['that is of no pair', signature('rsa', even), 'auth.secrets'],
    ['that proves no token', jwt(forgeable, ['RS256']), 'auth.publicKey'],
    ['that proves no detached one', { ...signature('jws', forgeable), algorithms: ['RS256'] }, 'auth.secrets'],
    [
      'that proves no message',
      { type: 'provider', provider: 'http-message-signatures', secrets: [even] },
      'auth.secrets',
    ],
    [
      'that proves nothing of Alipay',
      { type: 'provider', provider: 'alipay', secrets: [spki(forgeable, 'der')] },
      'auth.secrets',
    ],
    [
      'that proves nothing of a row',
      { type: 'provider', provider: 'starling', secrets: [spki(forgeable, 'der')] },
      'auth.secrets',
    ],
    ['in PEM', signature('rsa', spki(bits, 'pem')), 'auth.secrets'],
    ['in base64', { ...signature('rsa', spki(bits, 'der')), key: { enc: 'spki-base64' } }, 'auth.secrets'],
    ['for a token', jwt(set(rsaJwk(256, usual), exponent), ['RS256']), 'auth.publicKey'],
    ['of a provider', { type: 'provider', provider: 'alipay', secrets: [spki(bits, 'der')] }, 'auth.secrets'],
  ])('is refused %s', (_what, auth, path) => {
    expect(issuesOf(auth)).toEqual([{ path, message: expect.stringContaining('8,192 bits') as string }]);
  });

  it('is not used, nor taken for a shared secret', () => {
    expect(readPublicKeys(set(exponent, bits, forgeable, even, short))).toEqual([]);
    expect(publicKey(forgeable, 'rsa')).toBeNull();
    expect(publicKey(exponent, 'rsa')).toBeNull();
    expect(publicKey(spki(bits, 'der'), 'rsa', { enc: 'spki-base64' })).toBeNull();
    expect(looksLikePublicKey(bits)).toBe(true);
  });

  it('is none with 8,192 bits and an exponent of 32, nor with 1,024 and one of 3', () => {
    const largest = rsaJwk(1_024, Buffer.from('ffffffff', 'hex'));
    expect(issuesOf(signature('rsa', largest))).toEqual([]);
    expect(readPublicKeys(largest)).toHaveLength(1);
    expect(readPublicKeys(rsaJwk(128, Buffer.from([3])))).toHaveLength(1);
  });
});
