import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { WebhookAuth } from '../../src/common/auth';
import type { WebhookConfigInput } from '../../src/common/config';
import { sharedHost } from '../support/hosts';
import { hmacHex, seconds } from '../support/providerSigning';
import { exchange, head } from '../support/rawHttp';
import { addNode, createWebhook } from '../support/workflows';

const host = sharedHost('postgres');
const { api } = host;
const run = promisify(execFile);

const SCRIPT = '<script>alert(1)</script>';
const JSON_TYPE = { 'content-type': 'application/json' };
const post = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { ...JSON_TYPE, ...headers },
  body: JSON.stringify(body),
});

async function answers(config: WebhookConfigInput, init: RequestInit = post({}), path = ''): Promise<Response> {
  const { key } = await createWebhook(api, config);
  return fetch(host.webhook(`${key}${path}`), { redirect: 'manual', ...init });
}

async function slackChallenge(): Promise<Response> {
  const [secret, now, body] = ['s', seconds(), '{"type":"url_verification","challenge":"<b>"}'];
  const signature = `v0=${hmacHex(secret, `v0:${now}:${body}`)}`;
  const headers = { ...JSON_TYPE, 'x-slack-request-timestamp': `${now}`, 'x-slack-signature': signature };
  const auth: WebhookAuth = { type: 'provider', provider: 'slack', secrets: [secret] };
  return answers({ auth }, { method: 'POST', headers, body });
}

async function repeated(): Promise<Response> {
  const { key } = await createWebhook(api, { dedupe: { key: 'header:x-id', window: 60 } });
  await fetch(host.webhook(key), post({}, { 'x-id': '1' }));
  return fetch(host.webhook(key), post({}, { 'x-id': '1' }));
}

async function fromNode(config: object): Promise<Response> {
  const workflow = await createWebhook(api, {}, { sync: true, enabled: false });
  await addNode(api, workflow, { type: 'webhook-response', config });
  await api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
  return fetch(host.webhook(workflow.key), post({ v: SCRIPT }));
}

async function failing(onFailure: NonNullable<WebhookConfigInput['response']>['onFailure'] = null): Promise<Response> {
  const workflow = await createWebhook(api, { response: { onFailure } }, { sync: true, enabled: false });
  await addNode(api, workflow, { type: 'end', config: { endStatus: -1 } });
  await api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
  return fetch(host.webhook(workflow.key), post({ v: SCRIPT }));
}

const CORS = { cors: { origins: ['*'] } };
const FROM_PAGE = { origin: 'https://shop.example', 'access-control-request-method': 'POST' };

it.each<[string, number, () => Promise<Response>]>([
  ['a configured one', 201, () => answers({ response: { status: 201, body: { a: 1 } } })],
  ['one that sets another value', 200, () => answers({ response: { body: 'x' } })],
  ['one without a body', 204, () => answers({ response: { status: 204 } })],
  ['one that leads elsewhere', 302, () => answers({ response: { status: 302 } })],
  ['one to HEAD', 200, () => answers({ methods: ['GET'], response: { body: 'x' } }, { method: 'HEAD' })],
  ['of a node', 202, () => fromNode({ status: 202, contentType: 'text/plain', body: 'x' })],
  ['of a run that failed', 500, () => failing()],
  ['one set for failures', 502, () => failing({ status: 502, contentType: 'text/plain', headers: [], body: 'x' })],
  ['of a repeat', 200, repeated],
  ['of a handshake', 200, slackChallenge],
  ['of a preflight', 204, () => answers(CORS, { method: 'OPTIONS', headers: FROM_PAGE })],
  [
    'of what the filter left out',
    200,
    () => answers({ filter: { group: { type: 'and', calculations: [{ calculator: 'equal', operands: [1, 2] }] } } }),
  ],
  ['where nothing is', 404, () => answers({}, post({}), '/nothing')],
  ['to a wrong method', 405, () => answers({}, { method: 'DELETE' })],
  ['to a wrong address', 403, () => answers({ ipAllowlist: ['192.0.2.1'] })],
  ['to who is not verified', 401, () => answers({ auth: { type: 'basic', username: 'u', passwords: ['p'] } })],
  ['to broken JSON', 400, () => answers({}, { method: 'POST', headers: JSON_TYPE, body: '{' })],
  ['to too much', 413, () => answers({ body: { maxSize: '1b' } }, post({ a: 1 }))],
  ['to what does not match', 422, () => answers({ body: { schema: { type: 'array' } } })],
])('no browser may guess the type of an answer: %s', async (_what, status, call) => {
  const answer = await call();
  expect([answer.status, answer.headers.get('x-content-type-options')]).toEqual([status, 'nosniff']);
});

describe('nothing that a caller sent becomes markup', () => {
  it.each(['text/html', 'TEXT/HTML;charset=utf-8', 'application/xhtml+xml', 'image/svg+xml', 'text/xml'])(
    'of %s',
    async (contentType) => {
      const bodies = [
        '<p>{{$context.data.v}}</p>',
        '{{{{$context.data.v}}}}',
        { v: '{{$context.data.v}}' },
        ['{{{$context.data.v}}}'],
      ];
      for (const body of bodies) {
        const response = { contentType, body };
        const onFailure = { status: 500, headers: [], ...response };
        for (const answer of [
          await answers({ response }, post({ v: SCRIPT })),
          await failing(onFailure),
          await fromNode(response),
        ]) {
          expect(await answer.text()).not.toContain('<script');
          expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox(?!.*(scripts|same-origin))/);
        }
      }
    },
  );

  it('a policy of the maker takes the place of ours, and other types get none', async () => {
    const headers = [{ name: 'Content-Security-Policy', value: "default-src 'self'" }];
    const own = await answers({ response: { contentType: 'text/html', body: '<p>', headers } });
    expect(own.headers.get('content-security-policy')).toBe("default-src 'self'");
    expect((await answers({ response: { body: {} } })).headers.get('content-security-policy')).toBeNull();
  });
});

describe('a sender that waits to be asked', () => {
  const basic = (more: object = {}): WebhookAuth => ({
    type: 'basic',
    username: 'jürgen',
    passwords: ['old', 'pä:ss'],
    ...more,
  });

  it.each([
    ['by name and password', basic(), 'jürgen:pä:ss'],
    ['by the other password', basic(), 'jürgen:old'],
    ['without a name', basic({ username: '' }), ':old'],
  ])('gets in %s', async (_what, auth, user) => {
    const { key } = await createWebhook(api, { auth, response: { body: { in: true } } });
    const call = (...options: string[]) =>
      run('curl', [
        '-sS',
        '-w',
        '%{http_code}',
        '-H',
        'content-type: application/json',
        '-d',
        '{"a":1}',
        ...options,
        host.webhook(key),
      ]);
    expect((await call()).stdout).toMatch(/"UNVERIFIED".*401$/s);
    expect((await call('--anyauth', '-u', user)).stdout).toBe('{"in":true}200');
    expect((await call('--anyauth', '-u', `${user}x`)).stdout).toMatch(/401$/);
  });

  it.each<[string, WebhookAuth, RegExp]>([
    ['basic', basic(), /^Basic realm="[^"]+", charset="UTF-8"$/],
    [
      'a bearer token',
      { type: 'token', in: 'header', name: 'Authorization', scheme: 'Bearer', secrets: ['s'] },
      /^Bearer realm="[^"]+"$/,
    ],
    ['a token elsewhere', { type: 'token', in: 'query', name: 'key', secrets: ['s'] }, /^Webhook-Token realm=/],
    ['a JWT', { type: 'jwt', algorithms: ['HS256'], secrets: ['s'] }, /^Bearer realm=/],
    ['a signature', { type: 'signature', sig: { from: 'header:x' }, secrets: ['s'] }, /^Webhook-Signature realm=/],
    ['a provider', { type: 'provider', provider: 'github', secrets: ['s'] }, /^Webhook-Signature realm=/],
  ])('is asked for %s, by HEAD and from a page too', async (_what, auth, challenge) => {
    const { key } = await createWebhook(api, { auth, methods: ['GET', 'POST'], ...CORS });
    for (const init of [
      post({}),
      { method: 'HEAD' },
      post({}, { authorization: 'Basic eDp5', origin: 'https://shop.example' }),
    ]) {
      const answer = await fetch(host.webhook(key), init);
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(challenge)]);
    }
    const fromPage = await fetch(host.webhook(key), post({}, { origin: 'https://shop.example' }));
    expect(fromPage.headers.get('access-control-expose-headers')).toBe('*');
  });

  it('a user name with a colon is refused when it is saved', async () => {
    await expect(createWebhook(api, { auth: basic({ username: 'a:b' }) })).rejects.toThrow(/answered 400.*colon/);
  });
});

it('the answer to half a request carries it as well', async () => {
  const { key } = await createWebhook(api, { body: { maxSize: '1b' } });
  const { answers: received } = await exchange(host.url, head('POST', host.webhook(key), { 'content-length': 100 }));
  expect(received.at(-1)).toMatchObject({ status: 413, headers: { 'x-content-type-options': 'nosniff' } });
});
