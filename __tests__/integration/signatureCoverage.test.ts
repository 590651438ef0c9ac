import { createHash, createHmac } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { createSigner, httpbis } from 'http-message-signatures';
import type { ProviderAuth, WebhookAuth } from '../../src/common/auth';
import { loggedDeliveries } from '../support/deliveries';
import { sharedHost, unique } from '../support/hosts';
import { hmacHex, JSON_TYPE, seconds } from '../support/providerSigning';
import { createWebhook, finishedExecutions } from '../support/workflows';

jest.setTimeout(120_000);

const host = sharedHost('postgres');
const { api } = host;
const SECRET = 'a shared secret';
const BODY = '{"paid":true}';

const create = (provider: string, options?: ProviderAuth['options']) =>
  createWebhook(api, { auth: { type: 'provider', provider, secrets: [SECRET], ...(options && { options }) } });

describe('an HTTP message signature', () => {
  /** Signs for a URL and sends, perhaps elsewhere or packed. */
  async function call(url: string, fields: string[], other: { to?: string; sent?: Buffer; headers?: object } = {}) {
    const sent = other.sent ?? Buffer.from(BODY);
    const digest = createHash('sha256').update(sent).digest('base64');
    const { headers } = await httpbis.signMessage(
      {
        key: createSigner(SECRET, 'hmac-sha256', 'k1'),
        fields,
        params: ['created', 'keyid'],
        paramValues: { created: new Date() },
      },
      { method: 'POST', url, headers: { ...JSON_TYPE, 'content-digest': `sha-256=:${digest}:`, ...other.headers } },
    );
    const init = { method: 'POST', headers: headers as Record<string, string>, body: new Uint8Array(sent) };
    return (await fetch(other.to ?? url, init)).status;
  }
  const basic = ['@method', '@path', 'content-digest'];

  it('has to cover the query where there is one', async () => {
    const { key } = await create('http-message-signatures');
    const url = host.webhook(key);
    expect(await call(`${url}?amount=1`, basic)).toBe(401);
    expect(await call(url, basic, { to: `${url}?amount=1` })).toBe(401);
    expect(await call(`${url}?amount=1`, [...basic, '@query'], { to: `${url}?amount=2` })).toBe(401);
    expect(await call(url, basic)).toBe(200);
    expect(await call(`${url}?amount=1`, [...basic, '@query'])).toBe(200);
    expect(await call(`${url}?amount=1`, ['@method', '@target-uri', 'content-digest'])).toBe(200);
    const executions = await finishedExecutions(api, key, 3);
    expect(executions.map(({ context }) => context.query)).toEqual([{ amount: '1' }, { amount: '1' }, {}]);
    const [refused] = await loggedDeliveries(api, key, 6);
    expect(refused?.reason).toBe('UNVERIFIED: The signature does not cover: @query.');
  });

  it('may leave it open where the maker said what must be signed', async () => {
    const { key } = await create('http-message-signatures', { components: '@method @path content-digest' });
    expect(await call(`${host.webhook(key)}?amount=1`, basic)).toBe(200);
  });

  it('has its body read as what its bytes are where nothing signed says what it is', async () => {
    const { key } = await create('http-message-signatures');
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await call(host.webhook(key), basic, { headers: type })).toBe(200);
    const [execution] = await finishedExecutions(api, key);
    expect(execution?.context.data).toEqual({ paid: true });
    const sent = Buffer.from('paid=true');
    const xml = { 'content-type': 'text/xml' };
    expect(await call(host.webhook(key), basic, { headers: type, sent })).toBe(200);
    expect(await call(host.webhook(key), basic, { headers: xml, sent })).toBe(415);
    const logged = await loggedDeliveries(api, key, 3);
    expect(logged.find(({ reason }) => reason !== null)?.reason).toBe(
      'TYPE_NOT_SUPPORTED: the signature does not cover Content-Type ("text/xml"), and the body could be something else: set "Read the body as"',
    );
    expect(
      await call(host.webhook(key), [...basic, 'content-type'], { headers: { 'content-type': 'text/plain' }, sent }),
    ).toBe(200);
  });

  it.each([
    ['gzip', gzipSync(BODY)],
    ['deflate', deflateSync(BODY)],
    ['br', brotliCompressSync(BODY)],
  ])('goes with the digest of the body as it was sent, packed with %s', async (coding, sent) => {
    const { key } = await create('http-message-signatures');
    const headers = { 'content-encoding': coding };
    expect(await call(host.webhook(key), basic, { headers, sent })).toBe(200);
    const [execution] = await finishedExecutions(api, key);
    expect(execution?.context.data).toEqual({ paid: true });
    const digest = `sha-256=:${createHash('sha256').update(BODY).digest('base64')}:`;
    expect(await call(host.webhook(key), basic, { headers: { ...headers, 'content-digest': digest }, sent })).toBe(401);
  });
});

describe('a signed body', () => {
  const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };
  /** Read as a form, it has a field `admin`. */
  const text = '{"comment":"x&admin=true&y=","event_id":"e"}';

  it('that is JSON is read as JSON, whatever its header says', async () => {
    const { key } = await create('github');
    const signature = { 'x-hub-signature-256': `sha256=${hmacHex(SECRET, text)}` };
    for (const type of [
      FORM_TYPE,
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/json;charset=gbk' },
    ]) {
      const headers = { ...signature, ...type, 'x-github-delivery': unique() };
      expect((await fetch(host.webhook(key), { method: 'POST', headers, body: text })).status).toBe(200);
    }
    const executions = await finishedExecutions(api, key, 3);
    expect(executions.map(({ context }) => context.data)).toEqual(Array(3).fill(JSON.parse(text)));
  });

  it('begins where it was signed to begin', async () => {
    const { key } = await create('square');
    const url = `${host.webhook(key)}?store=1`;
    const signature = createHmac('sha256', SECRET)
      .update(url + text)
      .digest('base64');
    const send = async (to: string, body: string) => {
      const headers = { ...FORM_TYPE, 'x-square-hmacsha256-signature': signature };
      return (await fetch(to, { method: 'POST', headers, body })).status;
    };
    expect(await send(url, text)).toBe(200);
    expect(await send(host.webhook(key), `?store=1${text}`)).toBe(401);
  });
});

describe('signed fields', () => {
  const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };
  const FIELDS = { amount: '100', order: '7' };
  const sign = hmacHex(SECRET, 'amount=100&order=7');
  const pairs = `amount=100&order=7&sign=${sign}`;
  const custom = (place: 'form' | 'query'): { auth: WebhookAuth } => ({
    auth: {
      type: 'signature',
      secrets: [SECRET],
      sig: { from: `${place}:sign` },
      content: `{sorted-${place}:=&!sign}`,
    },
  });
  const moved = `order=7&amount=100&sign=${sign}`;

  it.each<[string, 'form' | 'query', string, number]>([
    ['as it was', 'form', pairs, 200],
    ['a question mark before it', 'form', `?${pairs}`, 401],
    ['a question mark before another field', 'form', `?${moved}`, 401],
    ['an escaped one', 'form', `%3F${pairs}`, 401],
    ['a byte order mark before it, which is none of it', 'form', `\ufeff${pairs}`, 200],
    ['ampersands around it', 'form', `&&${pairs}&`, 200],
    ['as it was', 'query', pairs, 200],
    ['one more question mark', 'query', `?${pairs}`, 401],
    ['two more', 'query', `??${moved}`, 401],
  ])('are those that the workflow sees: %s (%s)', async (_what, place, text, status) => {
    const { key } = await createWebhook(api, custom(place));
    const [query, body] = place === 'form' ? ['', text] : [`?${text}`, ''];
    const answer = await fetch(host.webhook(key) + query, { method: 'POST', headers: FORM_TYPE, body });
    expect(answer.status).toBe(status);
    const runs = status === 200 ? await finishedExecutions(api, key) : [];
    expect(runs.map(({ context }) => (place === 'form' ? context.data : context.query))).toEqual(
      status === 200 ? [expect.objectContaining(FIELDS)] : [],
    );
  });

  it.each<[string, (url: string) => [header: string, signed: string]]>([
    ['mandrill', (url) => ['x-mandrill-signature', `${url}mandrill_events[]`]],
    ['twilio', (url) => ['x-twilio-signature', `${url}Bodyhello`]],
  ])('of %s are those that the workflow sees', async (provider, signing) => {
    const { key } = await create(provider);
    const [header, signed] = signing(host.webhook(key));
    const headers = { ...FORM_TYPE, [header]: createHmac('sha1', SECRET).update(signed).digest('base64') };
    const send = async (body: string) => (await fetch(host.webhook(key), { method: 'POST', headers, body })).status;
    const body = provider === 'twilio' ? 'Body=hello' : 'mandrill_events=%5B%5D';
    expect(await send(`?${body}`)).toBe(401);
    expect(await send(body)).toBe(200);
  });
});

describe('a signed time', () => {
  const wechat = (time: number) => {
    const [timestamp, nonce] = [String(time), '1320562132'];
    const signature = createHash('sha1').update([SECRET, timestamp, nonce].sort().join('')).digest('hex');
    return { query: `?${new URLSearchParams({ signature, timestamp, nonce })}`, headers: {}, body: '<xml></xml>' };
  };
  const mailgun = (time: number) => {
    const [timestamp, token] = [String(time), 'ae617a2b5b1cb1ab0b6c0a8d3b5e0d6a'];
    const signature = { timestamp, token, signature: hmacHex(SECRET, timestamp + token) };
    return { query: '', headers: JSON_TYPE, body: JSON.stringify({ signature }) };
  };
  it.each([
    ['wechat-mp', 300, wechat],
    ['mailgun', 32_400, mailgun],
  ] as const)('of %s is good for %d s', async (provider, tolerance, made) => {
    const { key } = await create(provider);
    const send = async (time: number) => {
      const { query, headers, body } = made(time);
      return (await fetch(host.webhook(key) + query, { method: 'POST', headers, body })).status;
    };
    const now = seconds();
    expect(await send(now - 9 * 365 * 86_400)).toBe(401);
    expect(await send(now - tolerance - 60)).toBe(401);
    expect(await send(now + tolerance + 60)).toBe(401);
    expect(await send(now - tolerance + 60)).toBe(200);
  });
});
