import crypto, { createHmac } from 'node:crypto';
import type { WebhookAuth } from '../../../../src/common/auth';
import { verifyRequest } from '../../../../src/server/verifiers';
import type { VerifyInput, VerifyRequest } from '../../../../src/server/verifiers/types';

const NOW = 1_700_000_000;

function verify(auth: object, request: Partial<VerifyRequest> = {}, rest: Partial<VerifyInput> = {}) {
  return verifyRequest({
    auth: auth as WebhookAuth,
    request: { method: 'POST', url: '/api/webhooks/key', headers: {}, rawBody: Buffer.from('{"a":1}'), ...request },
    now: NOW,
    ...rest,
  });
}

const accepted = (secretName: string | null = null, deliveryId: string | null = null) => ({
  ok: true,
  secretName,
  deliveryId,
});
const refused = (reason: RegExp) => ({ ok: false, reason: expect.stringMatching(reason) });

describe('what is computed for one call', () => {
  const count = (name: 'createHmac' | 'verify', run: () => unknown) => {
    const calls = jest.spyOn(crypto, name);
    try {
      run();
      return calls.mock.calls.length;
    } finally {
      calls.mockRestore();
    }
  };
  const secrets = Array.from({ length: 20 }, (_x, index) => `secret ${index}`);

  test('is one HMAC for each secret, however many signatures have to match', () => {
    const auth = { type: 'signature', sig: { from: 'json:list[].s', all: true }, content: '{query:q}', secrets };
    const list = Array.from({ length: 32 }, (_x, index) => ({ s: index.toString(16).padStart(64, '0') }));
    const request = { url: '/?q=text', rawBody: Buffer.from(JSON.stringify({ list })) };
    expect(count('createHmac', () => verify(auth, request))).toBe(20);
  });
  test('is two digests of what was sent and one of each secret for a token', () => {
    const auth = { type: 'token', in: 'header', name: 'x-key', secrets };
    expect(count('createHmac', () => verify(auth, { headers: { 'x-key': 'x'.repeat(10_000) } }))).toBe(22);
  });
  test('is no more than forty checks with a public key', () => {
    const auth = { type: 'provider', provider: 'standard-webhooks-v1a', options: {} };
    const keys = Array.from({ length: 20 }, () => Buffer.alloc(32, 1).toString('base64'));
    const send = (signatures: number) =>
      verify(
        { ...auth, secrets: keys },
        {
          headers: {
            'webhook-id': 'a',
            'webhook-timestamp': String(NOW),
            'webhook-signature': Array.from(
              { length: signatures },
              (_x, index) => `v1a,${Buffer.alloc(64, index).toString('base64')}`,
            ).join(' '),
          },
        },
      );
    expect(count('verify', () => send(2))).toBe(40);
    expect(count('verify', () => send(3))).toBe(0);
    expect(send(3)).toEqual(refused(/more signatures than can be tried/));
  });
});

describe('none', () => {
  test('lets everybody in', () => expect(verify({ type: 'none' })).toEqual(accepted()));
});

describe('basic', () => {
  const auth = { type: 'basic', username: 'jürgen', passwords: [{ name: 'ops', value: 'pa:ss:wörd' }] };
  const header = (text: string, scheme = 'Basic') => ({
    headers: { authorization: `${scheme} ${Buffer.from(text).toString('base64')}` },
  });

  test('takes a password with colons and letters beyond ASCII', () => {
    expect(verify(auth, header('jürgen:pa:ss:wörd'))).toEqual(accepted('ops'));
  });
  test.each(['basic', 'BASIC'])('takes the scheme as "%s"', (scheme) => {
    expect(verify(auth, header('jürgen:pa:ss:wörd', scheme))).toEqual(accepted('ops'));
  });
  test.each(['jürgen:pa', 'jürgen:', 'other:pa:ss:wörd', ':pa:ss:wörd', 'jürgen:pa:ss:wörd ', 'jürgen'])(
    'refuses "%s"',
    (text) => expect(verify(auth, header(text))).toEqual(refused(/user ?name/i)),
  );
  test('refuses another scheme, no header and a header that is there twice', () => {
    expect(verify(auth, header('jürgen:pa:ss:wörd', 'Bearer'))).toEqual(refused(/Basic/));
    expect(verify(auth)).toEqual(refused(/missing/));
    const { authorization } = header('jürgen:pa:ss:wörd').headers;
    expect(verify(auth, { headers: { authorization: [authorization, authorization] } })).toEqual(refused(/once/));
  });
  test('refuses an empty password', () => {
    expect(verify({ ...auth, passwords: [''] }, header('jürgen:'))).toEqual(refused(/not the one/));
  });
  test('takes user name and password from variables', () => {
    const byVariable = { type: 'basic', username: '{{$env.USER}}', passwords: ['{{ $env.PASS }}'] };
    expect(verify(byVariable, header('u:p'), { env: { USER: 'u', PASS: 'p' } })).toEqual(accepted());
    expect(verify(byVariable, header('u:p'), { env: { USER: 'u' } })).toEqual(refused(/no variable "PASS"/));
    expect(verify(byVariable, header(':p'), { env: { PASS: 'p' } })).toEqual(refused(/User name/));
    expect(verify(byVariable, header('a:b:p'), { env: { USER: 'a:b', PASS: 'p' } })).toEqual(refused(/colon/));
  });
  test('takes any of several passwords, until it expires, and says which', () => {
    const passwords = [{ name: 'old', value: 'p1', expiresAt: '2001-01-01' }, { name: 'new', value: 'p2' }, 'p3'];
    expect(verify({ ...auth, passwords }, header('jürgen:p2'))).toEqual(accepted('new'));
    expect(verify({ ...auth, passwords }, header('jürgen:p3'))).toEqual(accepted());
    expect(verify({ ...auth, passwords }, header('jürgen:p1'))).toEqual(refused(/not the one/));
  });
  test('takes an empty user name as one, not as any', () => {
    const nameless = { ...auth, username: '' };
    expect(verify(nameless, header(':pa:ss:wörd'))).toEqual(accepted('ops'));
    expect(verify(nameless, header('pa:ss:wörd'))).toEqual(refused(/User name/));
    expect(verify(nameless, header('any:pa:ss:wörd'))).toEqual(refused(/User name/));
    expect(verify({ ...nameless, passwords: [] }, header(':'))).toEqual(refused(/User name/));
  });
  test('takes letters with accents however they are written', () => {
    expect(verify(auth, header('jürgen:pa:ss:wörd'.normalize('NFD')))).toEqual(accepted('ops'));
  });
});

describe('token', () => {
  const auth = { type: 'token', in: 'header', name: 'X-Api-Key', secrets: [{ name: 'new', value: 'tök' }, 'old'] };

  test('takes any of the tokens and says which', () => {
    expect(verify(auth, { headers: { 'x-api-key': 'tök' } })).toEqual(accepted('new'));
    expect(verify(auth, { headers: { 'x-api-key': 'old' } })).toEqual(accepted());
  });
  test.each(['', 'o', 'oldx', 'OLD', 'old, old'])('refuses "%s"', (value) => {
    expect(verify(auth, { headers: { 'x-api-key': value } })).toMatchObject({ ok: false });
  });
  test('takes letters beyond ASCII as Node reads them, byte by byte', () => {
    expect(verify(auth, { headers: { 'x-api-key': Buffer.from('tök').toString('latin1') } })).toEqual(accepted('new'));
    expect(verify(auth, { headers: { 'x-api-key': 'to\u0308k' } })).toMatchObject({ ok: false });
  });
  test('takes it after a word in any case', () => {
    const bearer = { ...auth, name: 'authorization', scheme: 'Bearer' };
    expect(verify(bearer, { headers: { authorization: 'bearer old' } })).toEqual(accepted());
    expect(verify(bearer, { headers: { authorization: 'old' } })).toEqual(refused(/"Bearer"/));
    expect(verify(bearer, { headers: { authorization: 'Bearerold' } })).toEqual(refused(/"Bearer"/));
  });
  test('takes it from the query, once', () => {
    const query = { ...auth, in: 'query', name: 'token' };
    expect(verify(query, { url: '/api/webhooks/key?token=old' })).toEqual(accepted());
    expect(verify(query, { url: 'https://example.com/api/webhooks/key?x=1&token=t%C3%B6k' })).toEqual(accepted('new'));
    expect(verify(query, { url: '/api/webhooks/key?token=old&token=old' })).toEqual(refused(/once/));
    expect(verify(query, { url: '/api/webhooks/key' })).toEqual(refused(/missing/));
  });
});

describe('secrets', () => {
  const auth = { type: 'token', in: 'header', name: 'x-key' };
  const request = { headers: { 'x-key': 's' } };

  test('stand in the settings, or beside them', () => {
    expect(verify({ ...auth, secrets: ['s'] }, request)).toEqual(accepted());
    expect(verify({ ...auth, secrets: ['other'] }, request, { secrets: ['s'] })).toEqual(accepted());
    expect(verify({ ...auth, secrets: ['s'] }, request, { secrets: [] })).toMatchObject({ ok: false });
  });
  test('end when they say', () => {
    const until = (expiresAt: string) =>
      verify({ ...auth, secrets: [{ name: 'old', value: 's', expiresAt }] }, request);
    expect(until('2023-11-14T22:13:21Z')).toEqual(accepted('old'));
    expect(until('2023-11-14T22:13:20Z')).toEqual(refused(/The secret "old" expired/));
    expect(until('not a date')).toEqual(refused(/expired/));
  });
  test('that refer to an inherited property are none', () => {
    expect(verify({ ...auth, secrets: ['{{$env.constructor}}'] }, request, { env: {} })).toEqual(
      refused(/no variable/),
    );
  });
  test('as one text are not taken for a list of letters', () => {
    expect(verify({ ...auth, secrets: 's' }, request)).toMatchObject({ ok: false });
    expect(verify(auth, request, { secrets: 's' as never })).toMatchObject({ ok: false });
  });
  test('of blanks are empty', () => {
    expect(verify({ ...auth, secrets: [' '] }, { headers: { 'x-key': ' ' } })).toMatchObject({ ok: false });
  });
});

describe('a signature that the maker describes', () => {
  const hex = (text: string, alg = 'sha256', key: string | Buffer = 's') =>
    createHmac(alg, key).update(text).digest('hex');
  const auth = { type: 'signature', sig: { from: 'header:X-Signature' }, secrets: [{ name: 'one', value: 's' }] };

  test('signs the body in hex unless something else is said', () => {
    expect(verify(auth, { headers: { 'x-signature': hex('{"a":1}') } })).toEqual(accepted('one'));
    expect(verify({ ...auth, content: '' }, { headers: { 'x-signature': hex('{"a":1}') } })).toEqual(accepted('one'));
    expect(verify(auth, { headers: { 'x-signature': hex('{"a":1}').toUpperCase() } })).toEqual(accepted('one'));
  });
  test.each(['sha1', 'sha256', 'sha384', 'sha512'])('can be %s', (alg) => {
    expect(verify({ ...auth, alg }, { headers: { 'x-signature': hex('{"a":1}', alg) } })).toEqual(accepted('one'));
  });
  test.each(['base64', 'base64url'] as const)('can be in %s', (enc) => {
    const signature = createHmac('sha256', 's').update('{"a":1}').digest(enc);
    expect(verify({ ...auth, sig: { ...auth.sig, enc } }, { headers: { 'x-signature': signature } })).toEqual(
      accepted('one'),
    );
  });
  test('can sign time, method, URL, headers, query and fields', () => {
    const content = '{ts}|{method}|{url}|{header:X-A}|{query:b}|{json:a}|{body}|{"other"}';
    const url = '/api/webhooks/key?b=2';
    const signature = hex(`1700000000|POST|${url}|1|2|1|{"a":1}|{"other"}`);
    const headers = { 'x-signature': signature, 'x-time': '1700000000', 'x-a': '1' };
    const scheme = { ...auth, content, ts: { from: 'header:x-time', tol: 10 }, id: ['header:x-none', 'query:b'] };
    expect(verify(scheme, { url, headers })).toEqual(accepted('one', '2'));
    const { 'x-a': _a, ...without } = headers;
    expect(verify(scheme, { url, headers: without })).toEqual(refused(/"X-A" is missing/));
    expect(verify(scheme, { url, headers: { ...headers, 'x-a': '' } })).toEqual(refused(/does not match/));
  });
  test('can ask that every one of several matches', () => {
    const all = { ...auth, sig: { from: 'json:list[].s', all: true }, content: '{query:q}' };
    const body = (...signatures: string[]) => Buffer.from(JSON.stringify({ list: signatures.map((s) => ({ s })) }));
    const url = '/?q=text';
    expect(verify(all, { url, rawBody: body(hex('text'), hex('text')) })).toEqual(accepted('one'));
    expect(verify(all, { url, rawBody: body(hex('text'), hex('other')) })).toMatchObject({ ok: false });
    expect(verify(all, { url, rawBody: Buffer.from(`{"list":[{"s":"${hex('text')}"},{}]}`) })).toMatchObject({
      ok: false,
    });
    expect(verify(all, { url, rawBody: body() })).toMatchObject({ ok: false });
  });
  test('takes each of those for signed by any of the secrets', () => {
    const all = { ...auth, sig: { from: 'json:list[].s', all: true }, content: '{query:q}', secrets: ['s', 't'] };
    const by = (secret: string) => ({ s: createHmac('sha256', secret).update('text').digest('hex') });
    const send = (...secrets: string[]) =>
      verify(all, { url: '/?q=text', rawBody: Buffer.from(JSON.stringify({ list: secrets.map(by) })) });
    expect(send('s', 't')).toEqual(accepted());
    expect(send('t', 's')).toEqual(accepted());
    expect(send('t', 'u')).toEqual(refused(/does not match/));
  });
  test('can name the secret', () => {
    const named = {
      ...auth,
      key: { idFrom: 'header:x-key-id' },
      secrets: [
        { name: 'a', value: 's' },
        { name: 'b', value: 't' },
      ],
    };
    const headers = { 'x-signature': hex('{"a":1}') };
    expect(verify(named, { headers: { ...headers, 'x-key-id': 'a' } })).toEqual(accepted('a'));
    expect(verify(named, { headers: { ...headers, 'x-key-id': 'b' } })).toMatchObject({ ok: false });
    expect(verify(named, { headers: { ...headers, 'x-key-id': 'c' } })).toEqual(refused(/"c"/));
    expect(verify(named, { headers })).toEqual(refused(/missing/));
  });
  test('reads own properties of the body only', () => {
    const scheme = { ...auth, content: '{json:__proto__.x}{json:constructor.name}' };
    expect(verify(scheme, { headers: { 'x-signature': hex('Object') } })).toEqual(refused(/missing/));
  });
  test.each([
    ['no place', { sig: {} }],
    ['no such algorithm', { alg: 'md4' }],
    ['no such encoding', { sig: { from: 'header:x-signature', enc: 'base32' } }],
    ['no such source', { sig: { from: 'cookie:x' } }],
    ['an inherited algorithm', { alg: 'constructor' }],
    ['a public key', { key: { enc: 'pem' } }],
    ['no such kind', { kind: 'dsa' }],
    ['an inherited kind', { kind: 'constructor' }],
    ['no tolerance', { ts: { from: 'header:x-time' } }],
  ])('is refused with %s', (_name, change) => {
    const headers = { 'x-signature': hex('{"a":1}'), 'x-time': '1700000000' };
    expect(verify({ ...auth, ...change }, { headers, url: '/?s=s' })).toMatchObject({ ok: false });
  });
});

describe("a signed text of the maker's own", () => {
  const sig = { from: 'header:x-sig' };
  const signed = (text: string) => ({ 'x-sig': createHmac('sha256', 's3cret').update(text).digest('hex') });

  test('may hold the body twice', () => {
    const auth = { type: 'signature', sig, content: '{body}.{body}', secrets: ['s3cret'] };
    const body = JSON.stringify(['a'.repeat(100_000)]);
    const request = { headers: signed(`${body}.${body}`), rawBody: Buffer.from(body) };
    expect(verify(auth, request)).toEqual(accepted());
  });

  test.each(['{body}', '{json:a}'])('is refused where it would hold %s a hundred times', (part) => {
    const auth = { type: 'signature', sig, content: part.repeat(100), secrets: ['s3cret'] };
    const value = 'a'.repeat(100_000);
    const body = `{"a":"${value}"}`;
    const text = (part === '{body}' ? body : value).repeat(100);
    expect(verify(auth, { headers: signed(text), rawBody: Buffer.from(body) })).toEqual(refused(/more often than any/));
  });
});
