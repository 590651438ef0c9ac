import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { WebhookConfigInput } from '../../../src/common/config';
import { onEveryDatabase, sharedHost, type TestHost } from '../../support/hosts';
import { exchange, head, type RawPart } from '../../support/rawHttp';
import { createWebhook, finishedExecutions } from '../../support/workflows';

const JSON_TYPE = { 'content-type': 'application/json' };
const NAMES = ['plain', 'small', 'echo', 'github'] as const;
type Name = (typeof NAMES)[number];

/** Webhooks on a host, made before its tests run: the key of each, and its URL. */
function webhooksOn(host: TestHost) {
  const keys = {} as Record<Name, string>;
  const configs: Record<Name, WebhookConfigInput> = {
    plain: {},
    small: { body: { maxSize: '1kb' } },
    echo: { response: { status: 200, contentType: 'application/json', headers: [], body: '{{$context.data}}' } },
    github: { auth: { type: 'provider', provider: 'github', secrets: ['s3cret'] } },
  };
  beforeAll(async () => {
    for (const name of NAMES) {
      keys[name] = (await createWebhook(host.api, configs[name])).key;
    }
  });
  return { keys, url: (name: Name) => host.webhook(keys[name]) };
}

onEveryDatabase('bodies', (host) => {
  const { keys, url } = webhooksOn(host);
  const body = Buffer.from(JSON.stringify({ hello: 'wörld', list: Array(50).fill('again') }));
  const send = (packed: Buffer, encoding: string, name: Name = 'echo', headers: Record<string, string> = {}) =>
    fetch(url(name), {
      method: 'POST',
      headers: { ...JSON_TYPE, 'content-encoding': encoding, ...headers },
      body: new Uint8Array(packed),
    });

  it.each<[string, Buffer]>([
    ['gzip', gzipSync(body)],
    ['x-gzip', gzipSync(body)],
    ['GZIP', gzipSync(body)],
    ['deflate', deflateSync(body)],
    ['deflate', deflateRawSync(body)],
    ['br', brotliCompressSync(body)],
    ['identity', body],
  ])('reads %s', async (encoding, packed) => {
    const answer = await send(packed, encoding);
    expect([answer.status, await answer.text()]).toEqual([200, body.toString()]);
  });

  it.each<[string, string, Buffer, number]>([
    ['a bomb', 'gzip', gzipSync(Buffer.alloc(20 * 1024 * 1024)), 413],
    ['a bomb', 'br', brotliCompressSync(Buffer.alloc(20 * 1024 * 1024)), 413],
    ['a truncated body', 'gzip', gzipSync(body).subarray(0, 20), 400],
    ['a body that is not packed', 'gzip', body, 400],
    ['something after the end', 'gzip', Buffer.concat([gzipSync(body), body]), 400],
    ['an unknown encoding', 'zstd', body, 415],
    ['two encodings', 'gzip, gzip', gzipSync(gzipSync(body)), 415],
  ])('refuses %s: %s', async (_what, encoding, packed, status) => {
    expect((await send(packed, encoding)).status).toBe(status);
  });

  it('verifies what was packed, not the packing', async () => {
    const { createHmac } = await import('node:crypto');
    const signature = `sha256=${createHmac('sha256', 's3cret').update(body).digest('hex')}`;
    expect((await send(gzipSync(body), 'gzip', 'github', { 'x-hub-signature-256': signature })).status).toBe(200);
  });

  it('starts nothing for an upload that breaks off, and goes on', async () => {
    const post = (length: number) => head('POST', url('plain'), { ...JSON_TYPE, 'content-length': length });
    await exchange(host.url, [post(1000), '{', 50], 0);
    await exchange(host.url, [`${post(2)}{}`]);
    expect(await finishedExecutions(host.api, keys.plain)).toHaveLength(1);
  });
});

describe('bytes as no client library sends them', () => {
  const host = sharedHost('postgres');
  const { url } = webhooksOn(host);
  const post = (name: Name, headers: Record<string, string | number> = {}) =>
    head('POST', url(name), { ...JSON_TYPE, ...headers });
  const chunked = (name: Name) => post(name, { 'transfer-encoding': 'chunked' });
  const kilobyte = 'x'.repeat(1024);

  it.each<[string, () => RawPart[], number[]]>([
    ['a body in single bytes', () => [post('plain', { 'content-length': 2 }), '{', 100, '}'], [200]],
    ['chunks', () => [chunked('plain'), '1\r\n{\r\n', 50, '1\r\n}\r\n0\r\n\r\n'], [200]],
    [
      'chunks with an extension and a trailer',
      () => [chunked('plain'), '2;x=y\r\n{}\r\n0\r\nx-more: 1\r\n\r\n'],
      [200],
    ],
    ['a chunk size that is no number', () => [chunked('plain'), 'zz\r\n{}\r\n'], [400]],
    ['a chunk longer than it says', () => [chunked('plain'), '1\r\n{}}\r\n0\r\n\r\n'], [400]],
    [
      'a length and chunks',
      () => [post('plain', { 'content-length': 2, 'transfer-encoding': 'chunked' }), '2\r\n{}\r\n0\r\n\r\n'],
      [400],
    ],
    [
      'two different lengths',
      () => [
        `POST ${new URL(url('plain')).pathname} HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{} `,
      ],
      [400],
    ],
    ['a negative length', () => [post('plain', { 'content-length': -1 }), '{}'], [400]],
    ['an unknown transfer encoding', () => [post('plain', { 'transfer-encoding': 'gzip' }), '{}'], [400]],
    ['a header with a line break in it', () => ['POST /api/webhooks/x HTTP/1.1\r\nhost: x\r\na\n b: c\r\n\r\n'], [400]],
    ['more headers than Node takes', () => [post('plain', { 'x-long': 'x'.repeat(20_000) })], [431]],
    ['a declared length above the limit', () => [post('small', { 'content-length': 1025 })], [413]],
    ['chunks above the limit', () => [chunked('small'), `400\r\n${kilobyte}\r\n`, `400\r\n${kilobyte}\r\n`], [413]],
    [
      'two requests in one piece',
      () => [`${post('plain', { 'content-length': 2 })}{}${post('plain', { 'content-length': 2 })}{}`],
      [200, 200],
    ],
    [
      'a refused request and another behind it',
      () => [`${head('PUT', url('plain'), { 'content-length': 2 })}{}${post('plain', { 'content-length': 2 })}{}`],
      [405, 200],
    ],
    [
      '100-continue for a body that is taken',
      () => [post('plain', { 'content-length': 2, expect: '100-continue' }), 200, '{}'],
      [100, 200],
    ],
    [
      '100-continue for a body that is not',
      () => [post('small', { 'content-length': 9999, expect: '100-continue' })],
      [413],
    ],
    [
      '100-continue for a method that is not',
      () => [head('PUT', url('plain'), { 'content-length': 2, expect: '100-continue' })],
      [405],
    ],
    [
      '100-continue for no webhook',
      () => [head('POST', host.webhook('nowhere'), { 'content-length': 2, expect: '100-continue' })],
      [404],
    ],
    ['another expectation', () => [post('plain', { 'content-length': 2, expect: 'miracles' }), '{}'], [417]],
  ])('%s', async (_what, parts, statuses) => {
    const { answers } = await exchange(host.url, parts(), 1500);
    expect(answers.map(({ status }) => status)).toEqual(statuses);
  });

  it('answers a request before it refuses the bytes behind it, and starts its workflow', async () => {
    const { key } = await createWebhook(host.api);
    const request = head('POST', host.webhook(key), { ...JSON_TYPE, 'content-length': 2 });
    const { answers, closed } = await exchange(host.url, [`${request}{}<garbage>`], 3000);
    expect(answers.map(({ status }) => status)).toEqual([200, 400]);
    expect(closed).toBe(true);
    expect(await finishedExecutions(host.api, key)).toMatchObject([{ status: 1, context: { data: {} } }]);
  });

  it('invites a body for the rest of NocoBase as well', async () => {
    const body = JSON.stringify({ email: 'nobody@example.com', password: 'x' });
    const { answers } = await exchange(
      host.url,
      [
        head('POST', `${host.api.base}auth:signIn`, {
          ...JSON_TYPE,
          'content-length': body.length,
          expect: '100-continue',
        }),
        200,
        body,
      ],
      1500,
    );
    expect(answers[0]?.status).toBe(100);
    expect(answers[1]?.status).toBeGreaterThanOrEqual(400);
  });

  it('lets a caller who is still sending read the 413', async () => {
    const megabyte = 'x'.repeat(1024 * 1024);
    const { answers, closed } = await exchange(
      host.url,
      [post('small', { 'content-length': 20 * 1024 * 1024 }), ...Array<string>(20).fill(megabyte)],
      3000,
    );
    expect(answers).toMatchObject([{ status: 413, headers: { connection: 'close' } }]);
    expect(JSON.parse(answers[0]?.body ?? '')).toMatchObject({ errors: [{ code: 'BODY_TOO_LARGE' }] });
    expect(closed).toBe(true);
  });

  it('gives a slow sender half a minute', async () => {
    const piece = `200\r\n${' '.repeat(512)}\r\n`;
    const slowly = Array.from({ length: 34 }, () => [piece, 1_000]).flat();
    const { answers, took, closed } = await exchange(host.url, [chunked('plain'), ...slowly], 5_000);
    expect(answers).toMatchObject([{ status: 408 }]);
    expect(took).toBeGreaterThan(29_000);
    expect(took).toBeLessThan(45_000);
    expect(closed).toBe(true);
  }, 60_000);

  it.each<[string, RawPart[]]>([
    ['sends nothing', []],
    ['drips', Array.from({ length: 20 }, () => ['1\r\n \r\n', 500]).flat()],
  ])('cuts one who %s after a few seconds', async (_what, parts) => {
    const { answers, took } = await exchange(host.url, [chunked('plain'), ...parts], 15_000);
    expect(answers).toMatchObject([{ status: 408 }]);
    expect(took).toBeGreaterThan(4_900);
    expect(took).toBeLessThan(15_000);
  });
});
