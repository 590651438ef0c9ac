import { createHmac, createSecretKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import type { JwtAuth } from '../../../src/common/auth';
import type { JwtAlgorithm } from '../../../src/common/jwtAlgorithms';
import { verifyJwt } from '../../../src/server/verifiers/jwt';
import type { Outbound, ResolvedSecret, VerifyRequest, VerifyResult } from '../../../src/server/verifiers/types';
import { noOutbound, tableOutbound } from './providers/support';
import { inEnglish } from '../../../src/common/reasons/describe';

const NOW = 1_700_000_000;
const SECRET = 'a shared secret of some length, for HS256';
const JWKS_URL = 'https://keys.example.com/jwks.json';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve });
const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();
const jwk = (key: KeyObject, extra: object = {}): object => ({ ...key.export({ format: 'jwk' }), ...extra });
const jwks = (...keys: object[]): string => JSON.stringify({ keys });

interface Given {
  auth?: Partial<JwtAuth>;
  token?: string;
  request?: Partial<VerifyRequest>;
  secrets?: (string | ResolvedSecret)[];
  now?: number;
  outbound?: Outbound;
}

function run({
  auth,
  token = '',
  request,
  secrets = [],
  now = NOW,
  outbound = noOutbound,
}: Given): Promise<VerifyResult> {
  const base: VerifyRequest = {
    method: 'POST',
    url: '/',
    headers: { authorization: `Bearer ${token}` },
    rawBody: Buffer.alloc(0),
  };
  return Promise.resolve(
    verifyJwt(
      { type: 'jwt', algorithms: ['HS256'], ...auth },
      {
        request: { ...base, ...request },
        secrets: secrets.map((secret) => (typeof secret === 'string' ? { name: null, value: secret } : secret)),
        now,
        outbound,
      },
    ),
  );
}
const reason = async (given: Given): Promise<string> => {
  const result = await run(given);
  return result.ok ? 'accepted' : inEnglish(result.reason);
};

function sign(alg: string, key: KeyObject | string, claims: JWTPayload = {}, header: object = {}): Promise<string> {
  const signer = typeof key === 'string' ? createSecretKey(Buffer.from(key)) : key;
  return new SignJWT({ exp: NOW + 60, jti: 'id-1', ...claims }).setProtectedHeader({ alg, ...header }).sign(signer);
}

describe('JSON Web Tokens', () => {
  it('takes the example of RFC 7515, appendix A.1', async () => {
    const token =
      'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    const key = Buffer.from(
      'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow',
      'base64url',
    );
    // The key of the example is no text, so it is signed again with one; the original must not verify with it.
    expect(
      createHmac('sha256', key)
        .update(token.slice(0, token.lastIndexOf('.')))
        .digest('base64url'),
    ).toBe(token.split('.')[2]);
    expect(await reason({ token, secrets: [SECRET], now: 1300819300 })).toContain('does not match');
  });

  const pairs: [JwtAlgorithm, { publicKey: KeyObject; privateKey: KeyObject }][] = [
    ['RS256', rsa],
    ['RS384', rsa],
    ['RS512', rsa],
    ['PS256', rsa],
    ['PS384', rsa],
    ['PS512', rsa],
    ['ES256', ec('P-256')],
    ['ES384', ec('P-384')],
    ['ES512', ec('P-521')],
    ['EdDSA', generateKeyPairSync('ed25519')],
  ];
  it.each(pairs)('takes %s with a PEM, a JWK, a JWKS and a JWKS URL', async (alg, { publicKey, privateKey }) => {
    const token = await sign(alg, privateKey);
    const outbound = tableOutbound({ [JWKS_URL]: jwks(jwk(publicKey)) });
    for (const auth of [
      { publicKey: pem(publicKey) },
      { publicKey: JSON.stringify(jwk(publicKey)) },
      { publicKey: jwks(jwk(ec('P-256').publicKey, { kid: 'other', alg: 'x' }), jwk(publicKey)) },
      { jwksUrl: JWKS_URL },
    ]) {
      const result = await run({ token, auth: { algorithms: [alg], ...auth }, outbound });
      expect(result).toEqual({ ok: true, secretName: null, deliveryId: null });
    }
  });

  it.each<JwtAlgorithm>(['HS256', 'HS384', 'HS512'])('takes %s, with either of two secrets', async (alg) => {
    const token = await sign(alg, SECRET.repeat(2));
    const secrets = [
      { name: 'old', value: 'x' },
      { name: 'new', value: SECRET.repeat(2) },
    ];
    expect(await run({ token, secrets, auth: { algorithms: [alg] } })).toMatchObject({ ok: true, secretName: 'new' });
  });

  it('reads the token from another header, or the query', async () => {
    const token = await sign('HS256', SECRET);
    const secrets = [SECRET];
    expect(await run({ secrets, auth: { name: 'X-Token' }, request: { headers: { 'x-token': token } } })).toMatchObject(
      { ok: true },
    );
    expect(await run({ secrets, auth: { in: 'query' }, request: { url: `/?token=${token}` } })).toMatchObject({
      ok: true,
    });
    expect(await run({ secrets, request: { headers: { authorization: `bearer ${token}` } } })).toMatchObject({
      ok: true,
    });
    expect(await reason({ secrets, request: { headers: { authorization: `Basic ${token}` } } })).toContain('"Bearer"');
    expect(await reason({ secrets, request: { headers: { authorization: [token, token] as never } } })).toContain(
      'more than once',
    );
    expect(await reason({ secrets, auth: { in: 'query' }, request: { url: `/?token=${token}&token=x` } })).toContain(
      'more than once',
    );
    expect(await reason({ secrets, request: { headers: {} } })).toContain('missing');
  });

  it('takes a token that stands alone in the authorization header only where no word is wanted', async () => {
    const token = await sign('HS256', SECRET);
    const given = { secrets: [SECRET], request: { headers: { authorization: token } } };
    expect(await run({ ...given, auth: { scheme: '' } })).toMatchObject({ ok: true });
    expect(await run({ ...given, auth: { scheme: ' ' } })).toMatchObject({ ok: true });
    expect(await reason(given)).toContain('after the word "Bearer"');
    expect(await reason({ secrets: [SECRET], token, auth: { scheme: '' } })).toContain('not a signed JSON Web Token');
  });

  describe('never mixes up keys and algorithms', () => {
    const claims = { exp: NOW + 60 };

    it.each(['none', 'None', 'NONE'])('refuses alg %s', async (alg) => {
      const unsecured = new UnsecuredJWT(claims).encode();
      const header = Buffer.from(JSON.stringify({ alg })).toString('base64url');
      const token = `${header}.${unsecured.split('.')[1]}.`;
      for (const auth of [
        { publicKey: pem(rsa.publicKey), algorithms: ['RS256'] },
        { algorithms: ['none'] },
      ] as Partial<JwtAuth>[]) {
        expect((await run({ token, auth, secrets: [SECRET] })).ok).toBe(false);
        expect((await run({ token: `${token}AA`, auth, secrets: [SECRET] })).ok).toBe(false);
      }
    });

    it.each([['b64'], ['urn:example:unknown']])(
      'refuses what has to be understood: %s (RFC 7515 section 4.1.11)',
      async (name) => {
        const header = Buffer.from(JSON.stringify({ alg: 'HS256', crit: [name], [name]: true })).toString('base64url');
        const input = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
        const token = `${input}.${createHmac('sha256', SECRET).update(input).digest('base64url')}`;
        expect(await reason({ token, secrets: [SECRET] })).toMatch(/"crit"/);
      },
    );

    it('never takes the key that a token brings along', async () => {
      const own = jwk(rsa.publicKey);
      const token = await sign('RS256', rsa.privateKey, {}, { jwk: own, jku: JWKS_URL, x5c: ['MIIB'], x5u: JWKS_URL });
      const auth: Partial<JwtAuth> = { algorithms: ['RS256'] };
      expect(await reason({ token, auth: { ...auth, publicKey: pem(rsa.publicKey) } })).toBe('accepted');
      expect(await reason({ token, auth })).toMatch(/No key is set here/);
      const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
      expect(await reason({ token, auth: { ...auth, publicKey: pem(other.publicKey) } })).toMatch(/does not match/);
    });

    it('refuses a public key used as a shared secret', async () => {
      for (const text of [pem(rsa.publicKey), pem(rsa.publicKey).trim(), JSON.stringify(jwk(rsa.publicKey))]) {
        const token = await sign('HS256', text);
        const auth: Partial<JwtAuth> = { algorithms: ['RS256', 'HS256'], publicKey: text };
        expect((await run({ token, auth, secrets: [] })).ok).toBe(false);
        expect((await run({ token, auth, secrets: [text] })).ok).toBe(false);
      }
    });

    it('refuses a symmetric key out of a key set', async () => {
      const token = await sign('HS256', SECRET);
      const set = jwks({ kty: 'oct', k: Buffer.from(SECRET).toString('base64url') });
      expect((await run({ token, auth: { publicKey: set } })).ok).toBe(false);
    });

    it('refuses an algorithm that is not on the list, and one that the key is not for', async () => {
      const token = await sign('RS512', rsa.privateKey);
      expect(await reason({ token, auth: { algorithms: ['RS256'], publicKey: pem(rsa.publicKey) } })).toContain(
        '"RS512"',
      );
      const bound = jwks(jwk(rsa.publicKey, { alg: 'RS256' }));
      expect((await run({ token, auth: { algorithms: ['RS512'], publicKey: bound } })).ok).toBe(false);
      const encryption = jwks(jwk(rsa.publicKey, { use: 'enc' }));
      expect((await run({ token, auth: { algorithms: ['RS512'], publicKey: encryption } })).ok).toBe(false);
      const other = await sign('ES256', ec('P-256').privateKey);
      expect((await run({ token: other, auth: { algorithms: ['ES256'], publicKey: pem(rsa.publicKey) } })).ok).toBe(
        false,
      );
    });

    it('ignores a key or a key URL that the token brings along', async () => {
      const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const header = { jwk: jwk(own.publicKey), jku: 'https://evil.com/jwks.json', x5u: 'https://evil.com/x.pem' };
      const token = await sign('RS256', own.privateKey, {}, header);
      expect((await run({ token, auth: { algorithms: ['RS256'], publicKey: pem(rsa.publicKey) } })).ok).toBe(false);
    });

    it('refuses a payload that is not encoded, RFC 7797', async () => {
      const head = Buffer.from(JSON.stringify({ alg: 'HS256', crit: ['b64'], b64: false })).toString('base64url');
      const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
      const signature = createHmac('sha256', SECRET).update(`${head}.${body}`).digest('base64url');
      expect((await run({ token: `${head}.${body}.${signature}`, secrets: [SECRET] })).ok).toBe(false);
    });

    it('refuses a critical extension that it does not know', async () => {
      const head = Buffer.from(JSON.stringify({ alg: 'HS256', crit: ['x'], x: 1 })).toString('base64url');
      const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
      const signature = createHmac('sha256', SECRET).update(`${head}.${body}`).digest('base64url');
      expect((await run({ token: `${head}.${body}.${signature}`, secrets: [SECRET] })).ok).toBe(false);
    });
  });

  describe('claims', () => {
    const check = async (claims: JWTPayload, auth: Partial<JwtAuth> = {}): Promise<string> =>
      reason({ token: await sign('HS256', SECRET, claims), secrets: [SECRET], auth });

    it.each<[string, JWTPayload, Partial<JwtAuth>, string]>([
      ['an end in the past', { exp: NOW - 31 }, {}, 'ended 31 s ago'],
      ['an end within the tolerance', { exp: NOW - 29 }, {}, 'accepted'],
      ['no tolerance', { exp: NOW - 1 }, { clockTolerance: 0 }, 'ended 1 s ago'],
      ['no end', { exp: undefined }, {}, 'no "exp"'],
      ['no end where none is needed', { exp: undefined }, { requireExpiry: false }, 'accepted'],
      ['a beginning ahead', { nbf: NOW + 31 }, {}, 'begins 31 s from now'],
      ['an issue ahead', { iat: NOW + 31 }, {}, 'issued 31 s from now'],
      ['the issuer', { iss: 'me' }, { issuer: 'me' }, 'accepted'],
      ['another issuer', { iss: 'you' }, { issuer: 'me' }, '"iss" is not'],
      ['no issuer', {}, { issuer: 'me' }, 'no "iss"'],
      ['the audience', { aud: ['a', 'me'] }, { audience: 'me' }, 'accepted'],
      ['another audience', { aud: 'you' }, { audience: 'me' }, '"aud" is not'],
      ['no audience', {}, { audience: 'me' }, 'no "aud"'],
    ])('%s', async (_what, claims, auth, expected) => {
      expect(await check(claims, auth)).toContain(expected);
    });
  });

  describe('a key set behind a URL', () => {
    const [first, second] = [ec('P-256'), ec('P-256')];
    const auth: Partial<JwtAuth> = { algorithms: ['ES256'], jwksUrl: JWKS_URL };
    const signed = (pair: typeof first, kid: string): Promise<string> =>
      sign('ES256', pair.privateKey, { exp: NOW + 10_000 }, { kid });

    it('follows a rotation, and fetches again only after a cool-down', async () => {
      const table = { [JWKS_URL]: jwks(jwk(first.publicKey, { kid: '1' })) };
      const outbound = tableOutbound(table);
      const [oldToken, newToken] = [await signed(first, '1'), await signed(second, '2')];
      expect(await run({ token: oldToken, auth, outbound })).toMatchObject({ ok: true, secretName: '1' });
      table[JWKS_URL] = jwks(jwk(second.publicKey, { kid: '2' }));
      expect((await run({ token: newToken, auth, outbound, now: NOW + 29 })).ok).toBe(false);
      expect(outbound.calls).toHaveLength(1);
      expect(await run({ token: newToken, auth, outbound, now: NOW + 30 })).toMatchObject({
        ok: true,
        secretName: '2',
      });
      expect((await run({ token: oldToken, auth, outbound, now: NOW + 31 })).ok).toBe(false);
      expect(outbound.calls).toHaveLength(2);
    });

    it('fetches once for many tokens at a time, and again when it is too old', async () => {
      const outbound = tableOutbound({ [JWKS_URL]: jwks(jwk(first.publicKey, { kid: '1' })) });
      const token = await signed(first, '1');
      await Promise.all(Array.from({ length: 10 }, () => run({ token, auth, outbound })));
      expect(outbound.calls).toHaveLength(1);
      expect((await run({ token, auth, outbound, now: NOW + 601 })).ok).toBe(true);
      expect(outbound.calls).toHaveLength(2);
    });

    it('tries every key for a token that names none', async () => {
      const outbound = tableOutbound({
        [JWKS_URL]: jwks(jwk(first.publicKey, { kid: '1' }), jwk(second.publicKey, { kid: '2' })),
      });
      const token = await sign('ES256', second.privateKey);
      expect(await run({ token, auth, outbound })).toMatchObject({ ok: true, secretName: '2' });
    });

    it('says why it can not be had', async () => {
      const token = await signed(first, '1');
      expect(await reason({ token, auth, outbound: tableOutbound({}) })).toContain("can't be had");
      expect(await reason({ token, auth, outbound: tableOutbound({ [JWKS_URL]: '<html>' }) })).toContain('No key');
    });
  });

  it.each([
    '',
    'x',
    'a.b',
    'a.b.c',
    '..',
    'eyJhbGciOiJIUzI1NiJ9.e30.',
    `${'a'.repeat(20_000)}.b.c`,
    'eyJhbGciOiJIUzI1NiJ9.e30.!',
  ])('refuses a token that is none: %#', async (token) => {
    expect((await run({ token, secrets: [SECRET] })).ok).toBe(false);
  });

  it('refuses empty and missing secrets, and another one', async () => {
    const token = await sign('HS256', SECRET);
    for (const secrets of [[], [''], ['other']]) {
      expect((await run({ token, secrets })).ok).toBe(false);
    }
  });
});
