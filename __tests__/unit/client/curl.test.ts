import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { curlExample } from '../../../src/client-v2/panel/url/curl';
import { resolveConfig, type WebhookConfigInput } from '../../../src/common/config';
import { PROVIDERS } from '../../../src/common/providers';
import { verifyRequest } from '../../../src/server/verifiers';

const run = promisify(execFile);

interface Received {
  method?: string;
  url?: string;
  headers: IncomingHttpHeaders;
  body: string;
}

let server: Server;
let received: Received;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received = {
        method: request.method,
        url: request.url,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

const port = () => (server.address() as AddressInfo).port;

/** Pastes the example into a shell, with this secret filled in, and tells what arrived. */
async function call(config: WebhookConfigInput, secret = ''): Promise<Received> {
  const url = `http://127.0.0.1:${port()}/api/webhooks/${config.path ?? 'key'}`;
  const { script } = curlExample(resolveConfig(config), url);
  await run('bash', ['-c', script.replace("SECRET='…'", `SECRET='${secret}'`)]);
  return received;
}

const hex = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex');
const BODY = '{"hello":"world"}';

test('a webhook that anyone may call', async () => {
  expect(await call({})).toMatchObject({ method: 'POST', url: '/api/webhooks/key', body: BODY });
});

test('a method without a body sends none; path parameters are values', async () => {
  expect(await call({ methods: ['GET'], path: 'orders/:orderId' })).toMatchObject({
    method: 'GET',
    url: '/api/webhooks/orders/orderId',
    body: '',
  });
});

test('HTTP Basic, with a name that a shell would trip over', async () => {
  const { headers } = await call({ auth: { type: 'basic', username: 'a"$b', passwords: [] } }, 'pass');
  expect(headers.authorization).toBe(`Basic ${Buffer.from('a"$b:pass').toString('base64')}`);
});

test('a token in a header and in the query', async () => {
  const token = { type: 'token' as const, secrets: [] };
  const inHeader = await call({ auth: { ...token, in: 'header', name: 'authorization', scheme: 'Bearer' } }, 's3');
  expect(inHeader.headers.authorization).toBe('Bearer s3');
  const inQuery = await call({ auth: { ...token, in: 'query', name: 'access token' } }, 's3');
  expect(inQuery.url).toBe('/api/webhooks/key?access%20token=s3');
});

test('a GitHub signature', async () => {
  const { headers } = await call({ auth: { type: 'provider', provider: 'github', secrets: [] } }, 'key');
  expect(headers['x-hub-signature-256']).toBe(`sha256=${hex('key', BODY)}`);
});

test('a Stripe signature: the time stands in the signature header', async () => {
  const { headers } = await call({ auth: { type: 'provider', provider: 'stripe', secrets: [] } }, 'whsec_key');
  const [, time, signature] = /^t=(\d+),v1=(\w+)$/.exec(String(headers['stripe-signature'])) ?? [];
  expect(signature).toBe(hex('whsec_key', `${time}.${BODY}`));
});

test('a Standard Webhooks signature: base64 key behind a prefix, an id header', async () => {
  const key = Buffer.from('0123456789abcdef0123456789abcdef');
  const auth = { type: 'provider' as const, provider: 'standard-webhooks', secrets: [] };
  const { headers } = await call({ auth }, `whsec_${key.toString('base64')}`);
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${BODY}`;
  expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
});

test("a maker's own scheme: hex key, URL-safe base64, milliseconds, signed method and text that a shell would expand", async () => {
  const { headers } = await call(
    {
      auth: {
        type: 'signature',
        alg: 'sha512',
        sig: { from: 'header:x-sig', enc: 'base64url', prefix: 'v=' },
        ts: { from: 'header:x-time', unit: 'ms', tol: 300 },
        content: '$HOME`id`"\\{method} {ts}\n{body}',
        key: { enc: 'hex' },
        secrets: [],
      },
    },
    '00ff10',
  );
  const signed = `$HOME\`id\`"\\POST ${headers['x-time']}\n${BODY}`;
  const expected = createHmac('sha512', Buffer.from('00ff10', 'hex')).update(signed).digest('base64url');
  expect(headers['x-sig']).toBe(`v=${expected}`);
});

test('says when a shell line cannot sign', () => {
  const auth = { type: 'signature' as const, sig: { from: 'json:signature' as const }, secrets: [] };
  expect(curlExample(resolveConfig({ auth }), 'http://a.example').unsignable).toBe(true);
});

/** A key as a scheme wants it written, with the prefix that it takes off. */
const KEYS: Record<string, string> = { base64: 'MDEyMzQ1Njc4OWFiY2RlZg==', hex: '00112233445566778899aabbccddeeff' };

/** The providers whose calls a shell line can sign, without settings of their own. */
const SIGNABLE = PROVIDERS.filter(
  ({ id, options = [] }) =>
    options.length === 0 &&
    !curlExample(resolveConfig({ auth: { type: 'provider', provider: id, secrets: [] } }), 'http://a.example')
      .unsignable,
).map(({ id, scheme }) => ({ id, secret: `${scheme?.key?.strip ?? ''}${KEYS[scheme?.key?.enc ?? ''] ?? 'a-secret'}` }));

test.each(SIGNABLE)('the verifier accepts the line for $id', async ({ id, secret }) => {
  const auth = { type: 'provider' as const, provider: id, secrets: [{ value: secret }] };
  const { method = '', url = '', headers, body } = await call({ auth }, secret);
  const request = { method, url: `http://127.0.0.1:${port()}${url}`, headers, rawBody: Buffer.from(body) };
  const result = await verifyRequest({ auth, request, now: Math.floor(Date.now() / 1000) });
  expect(result).toMatchObject({ ok: true });
});

test('most services can be tried from a shell', () => {
  expect(SIGNABLE.length).toBeGreaterThan(20);
});

test('never holds a secret', () => {
  const auth = { type: 'token' as const, in: 'header' as const, name: 'x-api-key', secrets: [{ value: 'literal' }] };
  expect(curlExample(resolveConfig({ auth }), 'http://a.example').script).not.toContain('literal');
});
