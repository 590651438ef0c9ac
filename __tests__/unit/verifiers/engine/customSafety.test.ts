import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import type { WebhookAuth } from '../../../../src/common/auth';
import { coverageOfScheme } from '../../../../src/common/coverage';
import type { SignatureScheme } from '../../../../src/common/presets';
import { validateConfig } from '../../../../src/common/validateConfig';
import { schemeOfAuth } from '../../../../src/common/schemeOfAuth';
import { verifyRequest } from '../../../../src/server/verifiers';
import { OutboundError } from '../../../../src/server/verifiers/outbound';
import type { Outbound, VerifyInput, VerifyRequest } from '../../../../src/server/verifiers/types';

const NOW = 1_700_000_000;
const FORM = 'application/x-www-form-urlencoded';
const URL_HERE = 'https://nocobase.example.com/api/webhooks/key';
const hmac = (text: string, secret = 's3cret') => createHmac('sha256', secret).update(text).digest('hex');
const refused = (reason: RegExp) => ({ ok: false, reason: expect.stringMatching(reason) });

function verify(auth: object, request: Partial<VerifyRequest>, outbound?: Outbound) {
  return verifyRequest({
    auth: { type: 'signature', secrets: ['s3cret'], ...auth } as WebhookAuth,
    request: { method: 'POST', url: URL_HERE, headers: {}, rawBody: Buffer.from('{"a":1}'), ...request },
    now: NOW,
    outbound,
  } as VerifyInput);
}

describe('headers that a call lists as signed', () => {
  const auth = {
    sig: { from: 'header:x-sig' },
    content: '{headers}\n{body}',
    headers: { names: 'header:x-list', join: ';', required: ['x-time'] },
  };
  const request = (headers: Record<string, string>, text: string) =>
    verify(auth, { headers: { ...headers, 'x-sig': hmac(`${text}\n{"a":1}`) } });

  test('are taken in the order of the list', () => {
    const headers = { 'x-list': 'X-Time, x-list', 'x-time': '1' };
    expect(request(headers, 'x-time:1;x-list:X-Time, x-list')).toMatchObject({ ok: true });
  });
  test.each([
    ['the list is not one of them', { 'x-list': 'x-time', 'x-time': '1' }, 'x-time:1', /"x-list" is not among/],
    ['one that is required is not', { 'x-list': 'x-list', 'x-time': '1' }, 'x-list:x-list', /"x-time" is not among/],
    ['one is named twice', { 'x-list': 'x-list,x-time,x-time', 'x-time': '1' }, '', /names one twice/],
    ['one is missing', { 'x-list': 'x-list,x-time' }, '', /"x-time" is missing/],
    ['what is listed is no name', { 'x-list': 'x-list,x-time,a:b', 'x-time': '1' }, '', /no name/],
    [
      'one holds what stands between',
      { 'x-list': 'x-list,x-time,x-b', 'x-time': '1;x-b:2', 'x-b': '2' },
      'x-list:x-list,x-time,x-b;x-time:1;x-b:2;x-b:2',
      /read as several/,
    ],
  ])('are refused where %s', (_name, headers, text, reason) => {
    expect(request(headers, text)).toEqual(refused(reason));
  });
});

describe('the fields of a form', () => {
  const auth = { sig: { from: 'header:x-sig' }, content: '{sorted-form:=&}' };
  const form = (body: string, text: string, type = FORM) =>
    verify(auth, { headers: { 'content-type': type, 'x-sig': hmac(text) }, rawBody: Buffer.from(body) });

  test('are joined with what stands between, and read in UTF-8 whatever the header says', () => {
    const result = form('b=x%26y&a=1', 'a=1&b=x&y', `${FORM}; charset=utf-7`);
    expect(result).toMatchObject({ ok: true, plaintext: { contentType: FORM } });
  });
  test('are refused where one could be read as two', () => {
    expect(form('a=1%26b%3D2', 'a=1&b=2')).toEqual(refused(/read as several/));
    expect(form('a%3D1%26b=2', 'a=1&b=2')).toEqual(refused(/read as several/));
  });
  test('are refused where the body is no form, whose bytes nothing would cover', () => {
    expect(form('{"a":1}', '', 'application/json')).toEqual(refused(/no form/));
  });
  test('are refused where there are more than any sender has', () => {
    expect(form('a=1&'.repeat(2_000), '')).toEqual(refused(/more fields/));
  });
});

test('the parts of a multipart body that is cut off are no fields', () => {
  const part = '--xx\r\nContent-Disposition: form-data; name="sig"\r\n\r\n';
  const headers = { 'content-type': 'multipart/form-data; boundary=xx' };
  const auth = { kind: 'token', sig: { from: 'form:sig' } };
  expect(verify(auth, { headers, rawBody: Buffer.from(`${part}s3cret\r\n--xx--`) })).toMatchObject({ ok: true });
  for (const body of [`${part}s3cret`, part, '--xx', '', `${part}s3cret\r\n${part}s3cret\r\n--xx--`]) {
    expect(verify(auth, { headers, rawBody: Buffer.from(body) })).toMatchObject({ ok: false });
  }
});

describe('a challenge that anybody may ask, answered with a digest under the secret', () => {
  const auth = {
    sig: { from: 'header:x-sig' },
    handshake: [
      {
        kind: 'crc',
        when: { method: 'GET', has: 'query:crc' },
        auth: 'none',
        reply: { status: 200, type: 'application/json', body: '{"t":"sha256={hmac-base64:query:crc}"}' },
      },
    ],
  };
  const ask = (crc: string, change: object = {}) =>
    verify(
      { ...auth, ...change },
      { method: 'GET', url: `/?crc=${encodeURIComponent(crc)}`, rawBody: Buffer.alloc(0) },
    );
  const digest = (text: string) => createHmac('sha256', 's3cret').update(text).digest('base64');

  test('is answered', () => {
    const body = `{"t":"sha256=${digest('challenge-1')}"}`;
    expect(ask('challenge-1')).toMatchObject({ ok: true, handshake: { kind: 'crc', status: 200, body } });
  });
  test.each(['{"a":1}', 'a b', 'a&b=1', 'x'.repeat(513)])('gives none of %j, which could be a body', (text) => {
    expect(ask(text)).toEqual(refused(/no challenge|missing/));
  });
  test('takes no body but JSON from then on, since any other could be a digest that was given away', () => {
    const headers = { 'x-sig': hmac('word') };
    expect(verify(auth, { headers, rawBody: Buffer.from('word') })).toEqual(refused(/no JSON object/));
    expect(verify(auth, { headers: { 'x-sig': hmac('{"a":1}') } })).toMatchObject({ ok: true });
  });
  test.each([
    ['does not sign the body', { content: '{ts}', ts: { from: 'header:x-time', tol: 300 } }],
    ['signs its digest', { content: '{sha256:body}' }],
  ])('proves nothing where the scheme %s', (_name, change) => {
    const text =
      'content' in change && change.content === '{ts}'
        ? String(NOW)
        : '015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862';
    const headers = { 'x-sig': hmac(text), 'x-time': String(NOW) };
    expect(verify({ ...auth, ...change }, { headers })).toEqual(refused(/no JSON object/));
  });
  test('shows no secret, whatever the answer is', () => {
    const reply = { status: 200, body: '{secret} {config:x}' };
    const change = { handshake: [{ ...auth.handshake[0], reply }] };
    expect(ask('x', change)).toMatchObject({ ok: true, handshake: { body: '{secret} {config:x}' } });
  });
  test.each(['{sha256:secret}', '{hmac:secret}', '{hmac-hex:url}', '{md5:url+secret}', '{"a":"{sha1:secret:b}"}'])(
    'gives no digest of the secret alone, by which it could be guessed: %s',
    (body) => {
      const change = { handshake: [{ ...auth.handshake[0], reply: { status: 200, body } }] };
      expect(ask('x', change)).toEqual(refused(/digest of the secret alone/));
    },
  );
});

describe('a challenge beside public keys', () => {
  const code = 'abc';
  const asks = (body: string, secrets: object[]) =>
    verify(
      {
        kind: 'ecdsa',
        sig: { from: 'header:x-sig', enc: 'base64' },
        secrets,
        handshake: [{ kind: 'ask', when: { method: 'GET' }, auth: 'none', reply: { status: 200, body } }],
      },
      { method: 'GET', url: `${URL_HERE}?code=${code}`, rawBody: Buffer.alloc(0) },
    );
  const secrets = [{ value: 'a public key' }, { name: 'verification', value: 'made-up' }];

  test('is answered with a hash that the secret of a name is in', () => {
    const body = createHash('sha256').update(`${code}made-up${URL_HERE}`).digest('hex');
    expect(asks('{sha256-hex:query:code+secret:verification+url}', secrets)).toMatchObject({
      ok: true,
      handshake: { body },
    });
  });
  test('is refused where no secret is called so', () => {
    expect(asks('{sha256-hex:query:code+secret:other+url}', secrets)).toEqual(refused(/No secret is called "other"/));
  });
});

describe('a signed body that is JSON', () => {
  const body = '{"a":"é"}';
  const readAs = async (type: string, auth: object = {}, rawBody = Buffer.from(body), text = body) => {
    const headers = { 'content-type': type, 'x-sig': createHmac('sha256', 's3cret').update(text).digest('hex') };
    const result = await verify({ sig: { from: 'header:x-sig' }, ...auth }, { headers, rawBody });
    return result.ok ? (result.plaintext?.contentType ?? type) : result.reason;
  };

  test.each([
    'application/octet-stream',
    'image/png',
    'text/plain; charset=utf-8',
    'application/octet-stream; charset=gbk',
    'application/xml',
    'multipart/form-data; boundary=a',
    FORM,
  ])('is read as that where its header says %s', async (type) => {
    expect(await readAs(type)).toBe('application/json');
  });
  test.each(['application/x-ndjson', 'application/json; charset=gbk', 'text/plain; charset=iso-8859-1'])(
    'is no other text nor a list because its header says so: %s',
    async (type) => {
      expect(await readAs(type)).toBe('application/json');
    },
  );
  test('is what its header says where that is signed', async () => {
    const content = '{header:Content-Type}\n{body}';
    const type = 'application/octet-stream';
    expect(await readAs(type, { content }, Buffer.from(body), `${type}\n${body}`)).toBe(type);
    const headers = { names: ['Content-Type'] };
    const listed = { content: '{headers}\n{body}', headers };
    expect(await readAs(type, listed, Buffer.from(body), `Content-Type:${type}\n${body}`)).toBe(type);
  });
});

describe('what a challenge gives back', () => {
  const asked = `<a href="//e">'&\n`;
  const answered = (type: string | undefined, body: string) =>
    verify(
      {
        sig: { from: 'header:x-sig' },
        handshake: [
          { kind: 'ask', when: { method: 'GET' }, auth: 'none', reply: { status: 200, ...(type && { type }), body } },
        ],
      },
      { method: 'GET', url: `${URL_HERE}?code=${encodeURIComponent(asked)}`, rawBody: Buffer.alloc(0) },
    );
  const escaped = '&lt;a href=&quot;//e&quot;&gt;&#39;&amp;\n';
  const json = `<a href=\\"//e\\">'&\\n`;

  test.each<[string | undefined, string]>([
    ['text/html', escaped],
    ['Text/HTML; charset=utf-8', escaped],
    ['text/xml', escaped],
    ['application/xhtml+xml', escaped],
    ['image/svg+xml', escaped],
    ['text/xsl', escaped],
    ['application/json', json],
    ['application/json; charset=utf-8', json],
    ['application/problem+json', json],
    ['text/plain', asked],
    [undefined, asked],
  ])('is text in an answer of type %s', (type, body) => {
    expect(answered(type, '<b>{query:code}</b>')).toMatchObject({ ok: true, handshake: { body: `<b>${body}</b>` } });
  });

  const settings = (type: string, body: string) => ({
    auth: {
      type: 'signature',
      sig: { from: 'header:x-sig' },
      handshake: [{ kind: 'ask', when: { method: 'GET' }, auth: 'none', reply: { status: 200, type, body } }],
    },
  });
  test.each([
    ['text/javascript', 'f("{query:code}")', 'auth.handshake.0.reply.body'],
    ['text/html; charset=utf-7', '{query:code}', 'auth.handshake.0.reply.type'],
  ])('is no part of %s', (type, body, path) => {
    expect(validateConfig(settings(type, body))).toEqual([expect.objectContaining({ path })]);
  });
  test('is none of a script that holds nothing of it', () => {
    expect(validateConfig(settings('text/javascript', 'f()'))).toEqual([]);
  });
});

describe('a challenge before a JSON Web Token', () => {
  const auth = (body: string, proof = 'none') => ({
    type: 'jwt',
    algorithms: ['HS256'],
    handshake: [{ kind: 'ask', when: { has: 'json:challenge' }, auth: proof, reply: { status: 200, body } }],
  });
  const ask = (settings: object) => verify(settings, { rawBody: Buffer.from('{"challenge":"eyJ.e30"}') });

  test('is answered without one', () => {
    expect(ask(auth('{json:challenge}'))).toMatchObject({ ok: true, handshake: { kind: 'ask', body: 'eyJ.e30' } });
  });
  test.each([
    ['whose answer would be a signature by the secret', auth('{hmac-base64url:json:challenge}')],
    ['that something would have to prove', auth('{json:challenge}', 'signature')],
  ])('is none %s', async (_name, settings) => {
    expect(await ask(settings)).toMatchObject({ ok: false });
  });
});

describe('keys that are fetched', () => {
  const pair = (kid: string) => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return { jwk: { ...publicKey.export({ format: 'jwk' }), kid }, privateKey };
  };
  const [first, second] = [pair('k1'), pair('k2')];
  const auth = {
    kind: 'ecdsa',
    sig: { from: 'header:x-sig', enc: 'base64' },
    key: { url: 'https://keys.example.com/jwks', idFrom: 'header:x-kid' },
    secrets: [],
  };
  const signed = ({ jwk, privateKey }: typeof first) => ({
    headers: { 'x-kid': jwk.kid, 'x-sig': sign('sha256', Buffer.from('{"a":1}'), privateKey).toString('base64') },
  });
  const serving = (...answers: object[][]) => {
    const asked: string[] = [];
    const get: Outbound['get'] = (url, { hosts, trusted }) => {
      asked.push(`${url} ${hosts('keys.example.com')} ${hosts('evil.example')} ${trusted}`);
      const keys = answers.length > 1 ? answers.shift() : answers[0];
      return keys ? Promise.resolve(Buffer.from(JSON.stringify({ keys }))) : Promise.reject(new OutboundError('away'));
    };
    return { asked, get };
  };

  test('come from the configured address alone, and are kept', async () => {
    const outbound = serving([first.jwk]);
    expect(await verify(auth, signed(first), outbound)).toMatchObject({ ok: true, secretName: 'k1' });
    expect(await verify(auth, signed(first), outbound)).toMatchObject({ ok: true });
    expect(outbound.asked).toEqual(['https://keys.example.com/jwks true false true']);
  });
  test('refuse another key under the same name', async () => {
    const forged = { ...second, jwk: { ...second.jwk, kid: 'k1' } };
    expect(await verify(auth, signed(forged), serving([first.jwk]))).toEqual(refused(/does not match/));
  });
  test('are not fetched for who shows no signature', async () => {
    const outbound = serving([first.jwk]);
    expect(await verify(auth, { headers: {} }, outbound)).toEqual(refused(/missing/));
    expect(await verify(auth, { headers: { 'x-sig': '!' } }, outbound)).toEqual(refused(/not a signature/));
    expect(outbound.asked).toEqual([]);
  });
  test('count beside those that are set here, and fail closed while they are away', async () => {
    expect(await verify(auth, signed(first), serving())).toEqual(refused(/can't be had/));
  });
});

test.each<[string, Partial<SignatureScheme>, 'whole' | 'none', boolean, number | null]>([
  ['the digest of the body', { content: '{sha256:body}' }, 'whole', false, null],
  ['all fields of a form', { content: '{url}{sorted-form}' }, 'whole', true, null],
  ['one field of a form', { content: '{form:a}' }, 'none', false, null],
  ['the path and the sorted query', { content: '{path}{sorted-query}{body}' }, 'whole', true, null],
  ['the URL without its query', { content: '{url-bare}{body}' }, 'whole', false, null],
  [
    'a time in a listed header',
    {
      content: '{headers}{body}',
      headers: { names: ['x-time'] },
      ts: { from: 'header:x-time', unit: 'rfc3339', tol: 9 },
    },
    'whole',
    false,
    9,
  ],
])('%s is covered as far as it is', (_name, parts, body, url, tolerance) => {
  expect(coverageOfScheme({ kind: 'hmac', ...parts })).toEqual({ body, url, tolerance });
});

test('settings without a kind are an HMAC', () => {
  expect(schemeOfAuth({ type: 'signature', sig: { from: 'header:x' }, secrets: [] })).toEqual({
    kind: 'hmac',
    sig: { from: 'header:x' },
  });
});

test.each(['{timestamp}.{boddy}', 'v1', '{secret}', '{method}{path}', '{{body}}', '{ts.{body}', '{sorted:secret,ts}'])(
  'takes no call by the signed text %j, which settings older than the rule against it may have',
  (content) => {
    const headers = { 'x-sig': hmac(content), 'x-time': String(NOW) };
    const auth = { sig: { from: 'header:x-sig' }, ts: { from: 'header:x-time', tol: 300 }, content };
    expect(verify(auth, { headers })).toEqual(refused(/no part of a call/));
  },
);
