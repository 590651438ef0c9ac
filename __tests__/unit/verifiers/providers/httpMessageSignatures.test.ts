import crypto, { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { createSigner, httpbis, type Algorithm } from 'http-message-signatures';
import { contentDigestMatches } from '../../../../src/server/verifiers/providers/contentDigest';
import { accepted, attempt, changed, refused, type Attempt } from './support';

const PROVIDER = 'http-message-signatures';

// RFC 9421, appendix B: keys, the test request, and its signatures.
const ED25519 = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
-----END PUBLIC KEY-----`;
const RSA_PSS = `-----BEGIN PUBLIC KEY-----
MIIBIDALBgkqhkiG9w0BAQoDggEPADCCAQoCggEBAK+LZpt69tFnfz26rz9bNvkB
Lb6bkWlfGKuNII1EfMtkY8WunaRthlx2z37zLPHLfi4dRh+OcdvEcN0cud5pvqAF
48kPOjpw5GeTfJWG4IA+Dt8OjOqQLy5IZPeQJ3U64n2yBTzVPDzzDuzsqxQB6oA7
M54zxZkzrQhHDdmdRaVoHIcLmCzy/lqJKpbXddZ6qs4vmyfXL0igA2HVAADeVlLc
3aYsui204EsT+6HIlOE59IOSOmg2SewPC86NCksmWKAOPOZqnDtBlQHVcPZauGjk
/b+nfp2+G5zZEFZJS0N31QLyZvsXQzqfSwjQjePFdqZwzpBVevlPZ1eaMnOlyNsC
AwEAAQ==
-----END PUBLIC KEY-----`;
const SHARED_SECRET = 'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==';
const REQUEST: Attempt['request'] = {
  method: 'POST',
  url: 'https://example.com/foo?param=Value&Pet=dog',
  rawBody: '{"hello": "world"}',
  headers: {
    host: 'example.com',
    date: 'Tue, 20 Apr 2021 02:07:55 GMT',
    'content-type': 'application/json',
    'content-digest':
      'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:',
    'content-length': '18',
  },
};
const CREATED = 1618884473;
const B23 = {
  input:
    'sig-b23=("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss"',
  signature:
    'sig-b23=:bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==:',
};

function official(input: string, signature: string, secret: string, options: Record<string, unknown> = {}): Attempt {
  const headers = { ...REQUEST.headers, 'signature-input': input, signature };
  const name = /keyid="([^"]*)"/.exec(input)?.[1] ?? null;
  return { request: { ...REQUEST, headers }, secrets: [{ name, value: secret }], options, now: CREATED };
}
const b23 = official(B23.input, B23.signature, RSA_PSS);
const withHeaders = (headers: Record<string, string | string[] | undefined>): Attempt => ({
  ...b23,
  request: { ...b23.request, headers: { ...b23.request.headers, ...headers } },
});

describe('HTTP Message Signatures, the examples of RFC 9421', () => {
  it('B.2.3, full coverage, rsa-pss-sha512', async () => {
    expect(await accepted(PROVIDER, b23)).toEqual({
      ok: true,
      secretName: 'test-key-rsa-pss',
      deliveryId: 'd786e78f598692440526474950ca190880abd4e2de8c5c3458b256ec0236de96',
    });
  });

  it('B.2.1, minimal: nothing is covered, so nothing may be required', async () => {
    const given = official(
      'sig-b21=();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd"',
      'sig-b21=:d2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7zFZsckzXaJMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q==:',
      RSA_PSS,
    );
    expect(await refused(PROVIDER, given)).toBe(
      'The signature does not cover: @method, @path, @query, content-digest.',
    );
  });

  it('B.2.2, selective, with a query parameter', async () => {
    const given = official(
      'sig-b22=("@authority" "content-digest" "@query-param";name="Pet");created=1618884473;keyid="test-key-rsa-pss";tag="header-example"',
      'sig-b22=:LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE5qH7KT8UCMkSowOB4+ECxCmT8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17SARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcsIk4N6wiKYd4je2U/lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs0tFTQosMTAoxk//0RoKUqiYY8Bh0aaUEb0rQl3/XaVe4bXTugEjHSw==:',
      RSA_PSS,
      { components: '@authority content-digest' },
    );
    await accepted(PROVIDER, given);
    const request = { ...given.request, url: 'https://example.com/foo?param=Value&Pet=dog&Pet=cat' };
    expect(await refused(PROVIDER, { ...given, request })).toContain('named twice');
  });

  it('B.2.5, hmac-sha256', async () => {
    const given = official(
      'sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
      'sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:',
      SHARED_SECRET,
      { components: 'date @authority content-type', keyEncoding: 'base64' },
    );
    await accepted(PROVIDER, given);
    expect((await attempt(PROVIDER, { ...given, options: { ...given.options, keyEncoding: 'utf8' } })).ok).toBe(false);
  });

  it('B.2.6, ed25519', async () => {
    const given = official(
      'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
      'sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:',
      ED25519,
      { components: '@method @path @authority' },
    );
    await accepted(PROVIDER, given);
    expect(await refused(PROVIDER, { ...given, options: {} })).toContain('content-digest');
  });

  it.each<[string, Attempt]>([
    ['a changed byte', { ...b23, request: { ...b23.request, rawBody: '{"hello": "World"}' } }],
    ['a body without its digest', withHeaders({ 'content-digest': undefined })],
    ['a digest of an unknown kind alone', withHeaders({ 'content-digest': 'md5=:AAAA:' })],
    [
      'a second digest that is wrong',
      withHeaders({ 'content-digest': `${REQUEST.headers?.['content-digest']}, sha-256=:AAAA:` }),
    ],
    ['a doubled digest', withHeaders({ 'content-digest': ['a', 'b'] })],
    ['another method', { ...b23, request: { ...b23.request, method: 'PUT' } }],
    ['another path', { ...b23, request: { ...b23.request, url: 'https://example.com/bar?param=Value&Pet=dog' } }],
    ['another query', { ...b23, request: { ...b23.request, url: 'https://example.com/foo?param=Value&Pet=cat' } }],
    ['another host', { ...b23, request: { ...b23.request, url: 'https://example.org/foo?param=Value&Pet=dog' } }],
    ['a path alone', { ...b23, request: { ...b23.request, url: '/foo?param=Value&Pet=dog' } }],
    ['a changed header', withHeaders({ date: 'Tue, 20 Apr 2021 02:07:56 GMT' })],
    ['a missing header', withHeaders({ date: undefined })],
    ['a changed signature', withHeaders({ signature: changed(B23.signature, 40) })],
    ['a malformed signature', withHeaders({ signature: 'sig-b23="x"' })],
    ['another label', withHeaders({ signature: B23.signature.replace('sig-b23', 'sig') })],
    ['a doubled signature', withHeaders({ signature: [B23.signature, B23.signature] })],
    ['no signature', withHeaders({ signature: undefined })],
    ['no input', withHeaders({ 'signature-input': undefined })],
    ['an input that is no list', withHeaders({ 'signature-input': 'sig-b23="x"' })],
    ['a later creation', withHeaders({ 'signature-input': B23.input.replace('1618884473', '1618884474') })],
    ['no creation', withHeaders({ 'signature-input': B23.input.replace(';created=1618884473', '') })],
    ['another algorithm', withHeaders({ 'signature-input': `${B23.input};alg="rsa-v1_5-sha256"` })],
    ['an old signature', { ...b23, now: CREATED + 301 }],
    ['a signature ahead of time', { ...b23, now: CREATED - 301 }],
    ['a key of another name', { ...b23, secrets: [{ name: 'other', value: RSA_PSS }] }],
    ['an empty key', { ...b23, secrets: [''] }],
    ['no key', { ...b23, secrets: [] }],
    ['another key', { ...b23, secrets: [ED25519] }],
  ])('refuses %s', async (_what, given) => {
    expect((await attempt(PROVIDER, given)).ok).toBe(false);
  });
});

describe('Content-Digest', () => {
  // RFC 9530, appendix B: the digests of this body and of none.
  const body = Buffer.from('{"hello": "world"}\n');
  const right = 'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:';

  it.each<[string, string, Buffer, boolean]>([
    ['the documented digest', right, body, true],
    ['the digest of nothing', 'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:', Buffer.alloc(0), true],
    ['one that is unknown beside it', `md5=:AAAA:, ${right}`, body, true],
    ['one that is wrong beside it', `${right}, sha-512=:AAAA:`, body, false],
    ['another body', right, Buffer.from('x'), false],
    ['none that is known', 'md5=:AAAA:', body, false],
    ['a text in place of bytes', 'sha-256="RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg="', body, false],
    ['what is no dictionary', '=', body, false],
  ])('%s', (_what, header, bytes, matches) => {
    expect(contentDigestMatches(header, bytes)).toBe(matches);
  });
});

describe('what a signature has to cover', () => {
  const now = 1_700_000_000;
  const body = '{"paid":true}';
  const json = { 'content-type': 'application/json' };
  type Signed = { fields: string[]; url?: string; headers?: Record<string, string>; rawBody?: Buffer; packed?: Buffer };

  /** A request as the library signs it, with the digest of what it is given. */
  async function sign({ fields, url = 'https://example.com/hook', headers = json, ...bodies }: Signed) {
    const rawBody = bodies.rawBody ?? Buffer.from(body);
    const digest = createHash('sha256')
      .update(bodies.packed ?? rawBody)
      .digest('base64');
    const sent = { 'content-digest': `sha-256=:${digest}:`, 'repr-digest': `sha-256=:${digest}:`, ...headers };
    const given = fields.includes('repr-digest') ? ['repr-digest'] : ['content-digest'];
    const kept = Object.entries(sent).filter(([name]) => !name.endsWith('-digest') || given.includes(name));
    const signed = await httpbis.signMessage(
      {
        key: createSigner('shared secret', 'hmac-sha256', 'k1'),
        name: 'sig1',
        fields,
        params: ['created', 'keyid', 'tag'],
        paramValues: { created: new Date(now * 1000), tag: 'orders' },
      },
      { method: 'POST', url, headers: Object.fromEntries(kept) },
    );
    const lower = Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
    const request = { method: 'POST', url, headers: Object.fromEntries(lower) as Record<string, string>, rawBody };
    return { request: { ...request, ...(bodies.packed && { packedBody: bodies.packed }) } };
  }
  const shared = { secrets: ['shared secret'], now };
  const query = 'https://example.com/hook?amount=1';
  const basic = ['@method', '@path', 'content-digest'];

  it.each([
    ['no query', { fields: basic }],
    ['an empty query', { fields: basic, url: 'https://example.com/hook?' }],
    ['a query that is signed', { fields: [...basic, '@query'], url: query }],
    ['a query in the target URI', { fields: ['@method', '@target-uri', 'content-digest'], url: query }],
    ['a query in the request target', { fields: ['@method', '@request-target', 'content-digest'], url: query }],
    ['Repr-Digest in place of Content-Digest', { fields: ['@method', '@path', 'repr-digest'] }],
  ])('takes %s', async (_what, given) => {
    await accepted(PROVIDER, { ...(await sign(given)), ...shared });
  });

  it.each([
    ['a query', { fields: basic, url: query }, '@query'],
    [
      'a query of which a parameter is signed',
      { fields: [...basic, '@query-param;name="amount"'], url: query },
      '@query',
    ],
    ['another form of the digest', { fields: ['@method', '@path', 'content-digest;bs'] }, 'content-digest'],
    ['the method', { fields: ['@path', 'content-digest'] }, '@method'],
    ['the path', { fields: ['@method', '@authority', 'content-digest'] }, '@path'],
  ])('refuses one that leaves %s open', async (_what, given, missing) => {
    expect(await refused(PROVIDER, { ...(await sign(given)), ...shared })).toBe(
      `The signature does not cover: ${missing}.`,
    );
  });

  it('leaves a query open where the maker said what must be signed', async () => {
    const options = { components: '@method @path content-digest' };
    await accepted(PROVIDER, { ...(await sign({ fields: basic, url: query })), ...shared, options });
  });

  it('refuses a query that was added to a call without one', async () => {
    const { request } = await sign({ fields: basic });
    expect(await refused(PROVIDER, { request: { ...request, url: query }, ...shared })).toContain('@query');
  });

  it('does not count Repr-Digest where a part of something is sent', async () => {
    const given = await sign({
      fields: ['@method', '@path', 'repr-digest'],
      headers: { ...json, 'content-range': 'bytes 0-12/13' },
    });
    expect(await refused(PROVIDER, { ...given, ...shared })).toContain('content-digest');
  });

  it('compares the digest with the body as it was sent, packed', async () => {
    const packed = gzipSync(body);
    const headers = { ...json, 'content-encoding': 'gzip' };
    const given = await sign({ fields: basic, headers, packed });
    await accepted(PROVIDER, { ...given, ...shared });
    const unpacked = await sign({ fields: basic, headers });
    const request = { ...unpacked.request, packedBody: packed };
    expect(await refused(PROVIDER, { request, ...shared })).toContain('content-digest');
  });

  it('takes a body for JSON, whatever a header says that is not signed', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'text/xml', 'text/plain']) {
      const { request } = await sign({ fields: basic });
      const headers = { ...request.headers, 'content-type': type };
      const { plaintext } = await accepted(PROVIDER, { request: { ...request, headers }, ...shared });
      expect(plaintext).toEqual({ body: Buffer.from(body), contentType: 'application/json' });
    }
    const signed = await sign({ fields: [...basic, 'content-type'] });
    expect(await accepted(PROVIDER, { ...signed, ...shared })).not.toHaveProperty('plaintext');
  });

  it('takes a body that is no JSON for what its bytes are where nothing signed says what it is', async () => {
    const form = 'application/x-www-form-urlencoded';
    const rawBody = Buffer.from('amount=1');
    const { request } = await sign({ fields: basic, headers: { 'content-type': form }, rawBody });
    const { 'content-type': _type, ...bare } = request.headers;
    const said = (headers: Record<string, string>) =>
      accepted(PROVIDER, { request: { ...request, headers: { ...bare, ...headers } }, ...shared });
    expect(await said({ 'content-type': form })).not.toHaveProperty('unsigned');
    expect(await said({ 'content-type': 'text/plain' })).not.toHaveProperty('unsigned');
    expect(await said({ 'content-type': 'text/xml' })).toMatchObject({ unsigned: { type: 'text/xml' } });
    expect(await said({})).not.toHaveProperty('unsigned');
    const packed = { ...request, headers: { ...request.headers, 'content-encoding': 'gzip' } };
    expect(await refused(PROVIDER, { request: packed, ...shared })).toContain('content-encoding');
    const signed = await sign({
      fields: [...basic, 'content-type'],
      headers: { 'content-type': 'text/plain' },
      rawBody,
    });
    expect(await accepted(PROVIDER, { ...signed, ...shared })).not.toHaveProperty('unsigned');
  });

  it('takes only what was signed for the tag that the maker set', async () => {
    const given = await sign({ fields: basic });
    await accepted(PROVIDER, { ...given, ...shared, options: { tag: 'orders' } });
    expect(await refused(PROVIDER, { ...given, ...shared, options: { tag: 'other' } })).toContain('tag');
  });
});

describe('HTTP Message Signatures beside the library', () => {
  const now = 1_700_000_000;
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ec384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const ed = generateKeyPairSync('ed25519');
  const pem = (key: { export(options: object): string | Buffer }): string =>
    String(key.export({ type: 'spki', format: 'pem' }));
  const keys: [Algorithm, Parameters<typeof createSigner>[0], string][] = [
    ['hmac-sha256', 'shared secret', 'shared secret'],
    ['rsa-pss-sha512', rsa.privateKey, pem(rsa.publicKey)],
    ['rsa-v1_5-sha256', rsa.privateKey, pem(rsa.publicKey)],
    ['ecdsa-p256-sha256', ec.privateKey, pem(ec.publicKey)],
    ['ecdsa-p384-sha384', ec384.privateKey, pem(ec384.publicKey)],
    ['ed25519', ed.privateKey, JSON.stringify(ed.publicKey.export({ format: 'jwk' }))],
  ];

  async function sign(
    algorithm: Algorithm,
    key: Parameters<typeof createSigner>[0],
    given: { fields?: string[]; params?: string[]; expires?: number } = {},
    keyId = 'k1',
    at = now,
  ) {
    const rawBody = randomBytes(40).toString('base64');
    const digest = createHash('sha256').update(rawBody).digest('base64');
    const { headers } = await httpbis.signMessage(
      {
        key: createSigner(key, algorithm, keyId),
        name: 'sig1',
        fields: given.fields ?? ['@method', '@target-uri', 'content-digest', 'x-custom'],
        params: given.params ?? ['created', 'keyid', 'alg', 'nonce'],
        paramValues: { created: new Date(at * 1000), nonce: 'n-1', expires: new Date((given.expires ?? now) * 1000) },
      },
      {
        method: 'POST',
        url: 'https://example.com/hook/a%20b?x=1&y=%C3%BC',
        headers: { 'content-digest': `sha-256=:${digest}:`, 'x-custom': ' spaced   text ' },
      },
    );
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    return { method: 'POST', url: 'https://example.com/hook/a%20b?x=1&y=%C3%BC', headers: lower, rawBody };
  }

  it.each(keys)('agrees on %s', async (algorithm, key, secret) => {
    for (const params of [undefined, ['created', 'keyid']]) {
      const request = await sign(algorithm, key, params ? { params } : {});
      const options = { algorithm };
      const result = await accepted(PROVIDER, { request, secrets: [{ name: 'k1', value: secret }], options, now });
      expect(result).toMatchObject({ secretName: 'k1', deliveryId: expect.stringMatching(/^[0-9a-f]{64}$/) });
      await accepted(PROVIDER, { request, secrets: [secret], options, now });
    }
  });

  it('knows a repeat by its nonce, which is that of one key, else by all that is signed', async () => {
    const id = async (secrets: string[], given: Parameters<typeof sign>[2], keyId = 'k1', at = now) => {
      const request = await sign('hmac-sha256', 'shared', given, keyId, at);
      return (await accepted(PROVIDER, { request, secrets, now })).deliveryId;
    };
    const unnamed = { params: ['created', 'keyid'], fields: ['@method', '@target-uri', 'content-digest'] };
    const nonce = { ...unnamed, params: ['keyid', 'nonce', 'created'] };
    expect(await id(['shared'], nonce)).toBe(await id(['shared'], nonce));
    expect(await id(['shared'], nonce)).not.toBe(await id(['shared'], nonce, 'k2'));
    const request = await sign('hmac-sha256', 'shared', unnamed);
    const again = await accepted(PROVIDER, { request, secrets: ['shared'], now });
    expect(again).toEqual(await accepted(PROVIDER, { request, secrets: ['shared'], now: now + 5 }));
    expect(again.deliveryId).not.toBe(await id(['shared'], unnamed));
  });

  it('never takes a public key for a shared secret', async () => {
    for (const [, , secret] of keys.slice(1)) {
      const request = await sign('hmac-sha256', secret);
      expect((await attempt(PROVIDER, { request, secrets: [secret], now })).ok).toBe(false);
    }
  });

  it('takes nothing that begins like a public key for a shared secret', async () => {
    const broken = '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----';
    const request = await sign('hmac-sha256', broken);
    expect((await attempt(PROVIDER, { request, secrets: [broken], now })).ok).toBe(false);
  });

  it('needs to know when it was signed, unless the maker does not', async () => {
    const request = await sign('hmac-sha256', 'secret', { params: ['keyid'] });
    expect(await refused(PROVIDER, { request, secrets: ['secret'], now })).toContain('signed time');
    await accepted(PROVIDER, { request, secrets: ['secret'], now, tolerance: 0 });
  });

  it('takes one of several signatures', async () => {
    const request = await sign('hmac-sha256', 'secret');
    const headers = {
      ...request.headers,
      signature: `other=:AAAA:, ${request.headers.signature}`,
      'signature-input': `other=("@method");created=${now}, ${request.headers['signature-input']}`,
    };
    await accepted(PROVIDER, { request: { ...request, headers }, secrets: ['secret'], now });
  });

  it('heeds the end of a signature', async () => {
    const request = await sign('hmac-sha256', 'secret', { params: ['created', 'expires'], expires: now + 10 });
    await accepted(PROVIDER, { request, secrets: ['secret'], now: now + 10 });
    expect(await refused(PROVIDER, { request, secrets: ['secret'], now: now + 11 })).toContain('expired');
  });

  it('takes only the algorithm that the maker set', async () => {
    const request = await sign('rsa-v1_5-sha256', rsa.privateKey);
    const options = { algorithm: 'rsa-pss-sha512' };
    expect((await attempt(PROVIDER, { request, secrets: [pem(rsa.publicKey)], options, now })).ok).toBe(false);
  });

  it.each([
    '"@status"',
    '"x-custom";tr',
    '"x-custom";req',
    '"x-custom" "x-custom"',
    '"X-Custom"',
    '"@unknown"',
    '"@signature-params"',
  ])('refuses the component %s', async (component) => {
    const request = await sign('hmac-sha256', 'secret', { fields: ['@method'] });
    const headers = { ...request.headers, 'signature-input': `sig1=("@method" ${component});created=${now}` };
    const given: Attempt = {
      request: { ...request, headers },
      secrets: ['secret'],
      options: { components: '@method' },
      now,
    };
    expect(await refused(PROVIDER, given)).toContain('not supported');
  });
});

describe('a signature that names much of one request', () => {
  it('is checked with no more keys than forty in all', async () => {
    const labels = Array.from({ length: 10 }, (_x, index) => `s${index}`);
    const given = withHeaders({
      signature: labels.map((label) => `${label}=:AAAA:`).join(', '),
      'signature-input': labels
        .map((label) => `${label}=("@method" "@path" "@query" "content-digest");created=${CREATED}`)
        .join(', '),
    });
    const checks = jest.spyOn(crypto, 'verify');
    await refused(PROVIDER, { ...given, secrets: Array<string>(20).fill(ED25519) });
    expect(checks).toHaveBeenCalledTimes(40);
    checks.mockRestore();
  });

  // Parsed anew for each member, the header takes minutes.
  it('takes a header apart once, however many of its members are named', async () => {
    const members = Array.from({ length: 20_000 }, (_x, index) => `a${index.toString(36)}`);
    const named = members.map((member) => `"x";key="${member}"`).join(' ');
    const given = withHeaders({
      x: members.join(', '),
      signature: 's=:AAAA:',
      'signature-input': `s=("@method" "@path" "@query" "content-digest" ${named});created=${CREATED}`,
    });
    expect(await refused(PROVIDER, given)).toContain('The signature does not match');
  });

  it.each([
    [2_000, 'The signature does not match'],
    // More than the workflow's reader takes.
    [20_000, 'A signed component is not in the request'],
  ])('takes the query apart once where %d of its parameters are named', async (length, reason) => {
    const names = Array.from({ length }, (_x, index) => `a${index.toString(36)}`);
    const named = names.map((name) => `"@query-param";name="${name}"`).join(' ');
    const given = withHeaders({
      signature: 's=:AAAA:',
      'signature-input': `s=("@method" "@path" "@query" "content-digest" ${named});created=${CREATED}`,
    });
    const url = `https://example.com/foo?${names.map((name) => `${name}=1`).join('&')}`;
    expect(await refused(PROVIDER, { ...given, request: { ...given.request, url } })).toContain(reason);
  });
});
