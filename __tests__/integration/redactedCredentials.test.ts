import { createHmac } from 'node:crypto';
import iconv from 'iconv-lite';
import type { WebhookAuth } from '../../src/common/auth';
import type { Source } from '../../src/common/presets';
import type { DeliveryDetail, DeliverySummary } from '../../src/common/deliveriesApi';
import { loggedDeliveries } from '../support/deliveries';
import { sharedHost, unique } from '../support/hosts';
import { createWebhook, finishedExecutions, waitFor } from '../support/workflows';

jest.setTimeout(120_000);

const host = sharedHost('postgres');
const { api } = host;

const SECRET = 'cr3dential-of-this-hook';
const ENCODED = [...SECRET].map((character) => `%${character.charCodeAt(0).toString(16)}`).join('');
const ESCAPED = `\\u0063${SECRET.slice(1)}`;
const JSON_TYPE = 'application/json';
const BOUNDARY = 'boundary';

interface Call {
  query?: string;
  headers?: Record<string, string>;
  type?: string;
  body?: string | Buffer;
}

/** A request as it is written here; without a type none is sent. */
function send(key: string, { query = '', headers = {}, type, body = '{}' }: Call): Promise<Response> {
  return fetch(`${host.webhook(key)}${query}`, {
    method: 'POST',
    headers: { ...headers, ...(type && { 'content-type': type }) },
    body: new Uint8Array(Buffer.from(body)),
  });
}

/** All that is kept of the one delivery of a webhook, and shown. */
async function kept(key: string): Promise<unknown[]> {
  const [execution] = await finishedExecutions(api, key);
  const delivery = await waitFor('the delivery', 30_000, async () => {
    const [row] = await api.get<DeliverySummary[]>('webhookDeliveries:list', { filter: JSON.stringify({ key }) });
    return row?.finishedAt ? api.get<DeliveryDetail>('webhookDeliveries:get', { filterByTk: row.id }) : null;
  });
  return [execution?.context, delivery];
}

/** Every text in a value, with what can be read out of it. */
function readable(value: unknown): string[] {
  if (typeof value === 'string') {
    const received = Buffer.from(value, 'base64');
    const texts = ['latin1', 'utf-16le', 'utf-32le'].map((charset) => iconv.decode(received, charset));
    return [value, Buffer.from(value, 'utf16le').toString('latin1'), ...texts].flatMap((text) => [
      text,
      unescaped(text),
    ]);
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, item]) => [name, unescaped(name), ...readable(item)])
    : [String(value)];
}

function unescaped(text: string): string {
  return text
    .replace(/%([0-9a-f]{2})/gi, (_match, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replace(/\\u([0-9a-f]{4})/gi, (_match, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replace(/&#(\d+);/g, (_match, number: string) => String.fromCharCode(Number(number)));
}

async function expectNothingKept(auth: WebhookAuth, call: Call): Promise<unknown[]> {
  const { key } = await createWebhook(api, { auth, body: { keepRaw: true } });
  expect((await send(key, call)).status).toBe(200);
  const found = await kept(key);
  expect(readable(found).filter((text) => text.includes(SECRET))).toEqual([]);
  return found;
}

describe('Microsoft Graph’s client state is kept nowhere, whatever the body is said to be', () => {
  const graph: WebhookAuth = { type: 'provider', provider: 'msgraph', secrets: [SECRET] };
  const body = JSON.stringify({ value: [{ id: 'n1', clientState: SECRET, resource: 'me', number: 1 }] });

  it.each<[string, Call]>([
    ['JSON', { type: JSON_TYPE, body }],
    ['JSON in a charset that it is not in', { type: `${JSON_TYPE}; charset=utf-16le`, body }],
    ['no type', { body }],
    ['text', { type: 'text/plain', body }],
    ['text in UTF-16', { type: 'text/plain; charset=utf-16be', body }],
    ['a form', { type: 'application/x-www-form-urlencoded', body }],
    ['multipart', { type: `multipart/form-data; boundary=${BOUNDARY}`, body }],
    ['XML', { type: 'text/xml', body }],
    ['lines of JSON', { type: 'application/x-ndjson', body }],
    ['bytes', { type: 'application/octet-stream', body }],
    ['something unheard of', { type: 'application/x-unheard-of', body }],
    ['JSON, with the key twice', { type: JSON_TYPE, body: body.replace('"number"', `"clientState":"${SECRET}","x"`) }],
    ['JSON, escaped', { type: JSON_TYPE, body: body.replace(SECRET, ESCAPED) }],
    ['JSON, with a copy elsewhere', { type: JSON_TYPE, body: body.replace('"me"', `{"a":[["x ${SECRET}"]]}`) }],
  ])('%s', async (_what, call) => {
    const [context] = await expectNothingKept(graph, call);
    expect(context).toMatchObject({ data: { value: [{ id: 'n1', clientState: '[redacted]' }] } });
  });
});

describe('a token is kept nowhere else in the call either', () => {
  const inQuery: WebhookAuth = { type: 'token', in: 'query', name: 'key', secrets: [SECRET] };
  const inHeader: WebhookAuth = { type: 'token', in: 'header', name: 'x-key', secrets: [SECRET] };
  const query = `?key=${SECRET}`;

  it.each<[string, WebhookAuth, Call]>([
    ['in the URL that a proxy notes down', inQuery, { query, headers: { 'x-original-uri': `/hook${query}` } }],
    ['there with every character encoded', inQuery, { query, headers: { 'x-forwarded-uri': `/hook?key=${ENCODED}` } }],
    ['in a second parameter', inQuery, { query: `${query}&again=${SECRET}&list[]=a&list[]=${ENCODED}` }],
    [
      'in a URL within a URL',
      inQuery,
      { query, headers: { referer: `https://a.example/?u=${encodeURIComponent(`/hook?key=${ENCODED}`)}` } },
    ],
    ['in the content type', inQuery, { query, type: `application/x-unheard-of; a="${SECRET}"`, body: 'a' }],
    [
      'in JSON that looks like bytes',
      inQuery,
      { query, type: JSON_TYPE, body: JSON.stringify({ base64: SECRET, contentType: SECRET, size: 1 }) },
    ],
    ['in JSON within JSON', inQuery, { query, type: JSON_TYPE, body: JSON.stringify({ a: `{"b":"${ESCAPED}"}` }) }],
    ['as the name of a parameter', inQuery, { query: `${query}&${SECRET}=1` }],
    ['in a parameter whose name is encoded', inQuery, { query: `?%6bey=${ENCODED}` }],
    ['in a field of a form', inQuery, { query, type: 'application/x-www-form-urlencoded', body: `a=${ENCODED}&b=1` }],
    ['in JSON', inHeader, { headers: { 'x-key': SECRET }, type: JSON_TYPE, body: `{"password":"${ESCAPED}"}` }],
    ['in lines of JSON', inQuery, { query, type: 'application/x-ndjson', body: `{"a":1}\n{"b":["${SECRET}"]}` }],
    ['in XML', inQuery, { query, type: 'text/xml', body: `<a b="${SECRET}">&#99;${SECRET.slice(1)}</a>` }],
    [
      'in text in UTF-16',
      inQuery,
      { query, type: 'text/plain; charset=utf-16le', body: Buffer.from(SECRET, 'utf16le') },
    ],
    [
      'in text in UTF-32',
      inQuery,
      { query, type: 'text/plain; charset=utf-32le', body: iconv.encode(SECRET, 'utf-32le', { addBOM: false }) },
    ],
    [
      'in JSON in UTF-16, escaped',
      inQuery,
      { query, type: `${JSON_TYPE}; charset=utf-16le`, body: Buffer.from(`["${ESCAPED}"]`, 'utf16le') },
    ],
    ['in bytes', inQuery, { query, type: 'application/octet-stream', body: Buffer.from(`\xff${SECRET}`, 'latin1') }],
    [
      'in a field of multipart',
      inQuery,
      {
        query,
        type: `multipart/form-data; boundary=${BOUNDARY}`,
        body: `--${BOUNDARY}\r\ncontent-disposition: form-data; name="a"\r\n\r\n${SECRET}\r\n--${BOUNDARY}--\r\n`,
      },
    ],
    [
      'as the password that Gitee repeats in its body',
      { type: 'provider', provider: 'gitee-password', secrets: [SECRET] },
      { headers: { 'x-gitee-token': SECRET }, type: JSON_TYPE, body: `{"password":"${SECRET}"}` },
    ],
    [
      'as the password of HTTP Basic',
      { type: 'basic', username: 'u', passwords: [SECRET] },
      {
        headers: { authorization: `Basic ${Buffer.from(`u:${SECRET}`).toString('base64')}`, 'x-password': SECRET },
        type: JSON_TYPE,
        body: `["u:${SECRET}"]`,
      },
    ],
    [
      'as Bearer token in another header',
      { type: 'provider', provider: 'cloudevents', secrets: [SECRET] },
      { headers: { authorization: `bearer ${SECRET}`, 'x-forwarded-token': SECRET }, type: JSON_TYPE },
    ],
  ])('%s', async (_what, auth, call) => {
    await expectNothingKept(auth, call);
  });

  it('nor in what tells repeats', async () => {
    const { key } = await createWebhook(api, { auth: inQuery, dedupe: { key: 'json:again', window: 60 } });
    expect((await send(key, { query, type: JSON_TYPE, body: `{"again":"1 ${SECRET}"}` })).status).toBe(200);
    expect((await send(key, { query, type: JSON_TYPE, body: `{"again":"1 ${SECRET}"}` })).status).toBe(200);
    const logged = await loggedDeliveries(api, key, 2);
    expect(logged.map(({ dedupeKey }) => dedupeKey)).toEqual(['1 [redacted]', '1 [redacted]']);
    expect(logged.map(({ status }) => status).filter((status) => status === 'duplicate')).toHaveLength(1);
    expect(JSON.stringify(logged)).not.toContain(SECRET);
  });

  it('nor is a JSON Web Token', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${part({ alg: 'HS256' })}.${part({ exp: Math.round(Date.now() / 1000) + 600 })}`;
    const token = `${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`;
    const { key } = await createWebhook(api, { auth: { type: 'jwt', algorithms: ['HS256'], secrets: [SECRET] } });
    const headers = { authorization: `Bearer ${token}`, 'x-auth': token };
    expect((await send(key, { headers, type: JSON_TYPE, body: JSON.stringify({ token }) })).status).toBe(200);
    expect(readable(await kept(key)).filter((text) => text.includes(token))).toEqual([]);
  });
});

describe('a token is not in its own place either, however short', () => {
  const TOKEN = 'q9zab7';
  const FORM = 'application/x-www-form-urlencoded';
  const tokenAt = (from: Source, secrets = [TOKEN]): WebhookAuth => ({
    type: 'signature',
    kind: 'token',
    sig: { from },
    secrets,
  });
  const inBody: WebhookAuth = { type: 'token', in: 'body', name: 'tok', secrets: [TOKEN] };
  const xml = `<m><Tok>${TOKEN}</Tok><x>1</x></m>`;
  const part = (name: string, value: string) =>
    `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const multipart: Call = {
    type: `multipart/form-data; boundary=${BOUNDARY}`,
    body: `${part('tok', TOKEN)}${part('x', '1')}--${BOUNDARY}--\r\n`,
  };
  const json = JSON.stringify({ tok: TOKEN, x: 1 });
  const redacted = { tok: '[redacted]', x: '1' };

  it.each<[string, WebhookAuth, Call, data: unknown, rawBody: string]>([
    ['a form', inBody, { type: FORM, body: `tok=${TOKEN}&x=1` }, redacted, 'tok=[redacted]&x=1'],
    ['a form, encoded', inBody, { type: FORM, body: `x=1&%74ok=q9%7Aab7` }, redacted, 'x=1&%74ok=[redacted]'],
    [
      'a form that is said to be text',
      tokenAt('form:tok'),
      { type: 'text/plain', body: `tok=${TOKEN}&x=1` },
      redacted,
      'tok=[redacted]&x=1',
    ],
    [
      'a nested field',
      tokenAt('form:a[tok]'),
      { type: FORM, body: `a[tok]=${TOKEN}&x=1` },
      { a: { tok: '[redacted]' }, x: '1' },
      'a[tok]=[redacted]&x=1',
    ],
    ['multipart', inBody, multipart, redacted, '[redacted]'],
    ['JSON', inBody, { type: JSON_TYPE, body: json }, { ...redacted, x: 1 }, '{"tok":"[redacted]","x":1}'],
    ['XML', tokenAt('xml:Tok'), { type: 'text/xml', body: xml }, { m: { Tok: '[redacted]', x: '1' } }, '[redacted]'],
    [
      'XML that is said to be a form',
      tokenAt('xml:Tok'),
      { type: FORM, body: xml },
      { m: { Tok: '[redacted]', x: '1' } },
      '[redacted]',
    ],
  ])('%s', async (_what, auth, call, data, rawBody) => {
    const { key } = await createWebhook(api, { auth, body: { keepRaw: true } });
    expect((await send(key, call)).status).toBe(200);
    const [context, delivery] = await kept(key);
    expect(context).toMatchObject({ data, rawBody });
    expect(JSON.stringify([context, delivery])).not.toMatch(/q9zab7|q9%7Aab7/);
  });

  it.each(['text', 'bytes'] as const)('a form that is read as %s', async (readAs) => {
    const { key } = await createWebhook(api, { auth: inBody, body: { keepRaw: true, readAs } });
    expect((await send(key, { type: FORM, body: `tok=${TOKEN}&x=1` })).status).toBe(200);
    const found = await kept(key);
    expect(readable(found).filter((text) => text.includes(TOKEN))).toEqual([]);
    expect(found).toMatchObject([{ rawBody: 'tok=[redacted]&x=1' }, { body: 'tok=[redacted]&x=1' }]);
  });

  it('the path, of which NocoBase’s log has nothing either', async () => {
    const path = unique('own-place-');
    const auth = tokenAt('path:token', ['pt9', 'a-longer-token']);
    const { key } = await createWebhook(api, { path: `${path}/:token/:id`, auth });
    expect((await send(`${path}/pt9/7/`, { type: JSON_TYPE })).status).toBe(200);
    const [context, delivery] = await kept(key);
    const params = { token: '[redacted]', id: '7' };
    expect(context).toMatchObject({ params, path: expect.stringMatching(new RegExp(`/${path}/\\[redacted\\]/7/$`)) });
    expect(delivery).toMatchObject({ params, path: expect.stringMatching(new RegExp(`/${path}/\\[redacted\\]/7/$`)) });
    expect((await send(`${path}/a-longer-token/7`, { type: JSON_TYPE, body: '{' })).status).toBe(400);
    expect((await send(`${path}/wr0ng-token/7`, { type: JSON_TYPE })).status).toBe(401);
    await loggedDeliveries(api, key, 3);
    const logged = await api.get<DeliveryDetail[]>('webhookDeliveries:list', { filter: JSON.stringify({ key }) });
    expect(logged.map(({ path: called }) => called)).toEqual(Array(3).fill(expect.stringContaining('/[redacted]/7')));
  });

  it('JSON in base64, nor is what stands in it elsewhere', async () => {
    const sent = Buffer.from(JSON.stringify({ t: SECRET, u: 1 })).toString('base64');
    const auth: WebhookAuth = {
      type: 'signature',
      kind: 'token',
      sig: { from: 'header:x-envelope', json: 't' },
      secrets: [SECRET],
    };
    await expectNothingKept(auth, {
      headers: { 'x-envelope': sent, 'x-o': SECRET },
      type: JSON_TYPE,
      body: JSON.stringify({ again: SECRET, within: `<${SECRET}>`, whole: sent }),
    });
  });

  it.each<[string, WebhookAuth, string]>([
    [
      'behind a word of two',
      { type: 'token', in: 'header', name: 'x-key', scheme: 'My Token', secrets: [SECRET] },
      `My Token ${SECRET}`,
    ],
    [
      'in a list',
      { type: 'signature', kind: 'token', sig: { from: 'header:x-key', split: ',' }, secrets: [SECRET] },
      `${SECRET}, ${SECRET}`,
    ],
  ])('%s, nor elsewhere', async (_what, auth, value) => {
    await expectNothingKept(auth, {
      headers: { 'x-key': value, 'x-o': SECRET },
      type: JSON_TYPE,
      body: `["${SECRET}"]`,
    });
  });
});
