import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PLUGIN, type Host } from '../../../scripts/host';
import type { WebhookConfigInput } from '../../../src/common/config';
import { ownHost } from '../../support/hosts';
import { secretOf, urlSigner } from '../../support/providerCalls';
import { hmacHex, JSON_TYPE, slackHeaders } from '../../support/providerSigning';
import { exchange, head, type RawPart } from '../../support/rawHttp';
import { addNode, createWebhook, finishedExecutions, waitFor } from '../../support/workflows';

jest.setTimeout(300_000);

const MARK_KOA = join(__dirname, 'support', 'markKoa.cjs');

/** The header that the marked Koa sets, and the only one that differs from one call to the next. */
const APART = ['x-through', 'date'];

/** Named so, the main app is reached through Koa: the gateway's mount leaves who names an app alone. */
const THROUGH_KOA = { 'x-app': 'main' };

const SECRET = 's3cret';
const PAGE = 'https://shop.example';
const square = urlSigner('square');
const signed = (body: string) => ({ ...JSON_TYPE, 'x-hub-signature-256': `sha256=${hmacHex(SECRET, body)}` });

/** All that a request says of itself, but for what is drawn anew for each. */
const ECHO = {
  status: 200,
  contentType: 'application/json',
  headers: [{ name: 'X-Maker', value: 'a, b' }],
  body: Object.fromEntries(
    [
      'method',
      'path',
      'query',
      'params',
      'ip',
      'data',
      'files.field',
      'files.size',
      'event',
      'provider',
      'headers.host',
    ].map((name) => [name, `{{$context.${name}}}`]),
  ),
};

const WEBHOOKS: Record<string, WebhookConfigInput> = {
  echo: { path: 'mounts/echo', methods: ['GET', 'POST', 'PUT'], response: ECHO, dedupe: null },
  params: { path: 'mounts/params/:first/:second', response: ECHO, dedupe: null },
  github: { path: 'mounts/github', auth: { type: 'provider', provider: 'github', secrets: [SECRET] }, dedupe: null },
  basic: { path: 'mounts/basic', auth: { type: 'basic', username: 'u', passwords: ['p'] } },
  square: {
    path: 'mounts/square',
    auth: { type: 'provider', provider: 'square', secrets: [secretOf(square)] },
    dedupe: null,
  },
  slack: { path: 'mounts/slack', auth: { type: 'provider', provider: 'slack', secrets: [SECRET] } },
  page: { path: 'mounts/page', cors: { origins: [PAGE] } },
  office: { path: 'mounts/office', ipAllowlist: ['192.0.2.0/24'], response: ECHO },
  small: { path: 'mounts/small', body: { maxSize: '100b' } },
  schema: { path: 'mounts/schema', body: { schema: { type: 'array' } } },
  html: { path: 'mounts/html', response: { status: 201, contentType: 'text/html', headers: [], body: '<p>' } },
  empty: { path: 'mounts/empty', response: { status: 204 } },
};

let host: Host;
let echoKey: string;
const sync: { answered: string; failed: string } = { answered: '', failed: '' };

beforeAll(async () => {
  host = await ownHost({ env: { NODE_OPTIONS: `--require ${MARK_KOA}` } });
  for (const [name, config] of Object.entries(WEBHOOKS)) {
    const { key } = await createWebhook(host.api, config);
    echoKey = name === 'echo' ? key : echoKey;
  }
  for (const [name, node] of [
    ['answered', { type: 'webhook-response', config: { status: 202, contentType: 'text/plain', body: 'by a node' } }],
    ['failed', { type: 'end', config: { endStatus: -1 } }],
  ] as const) {
    const workflow = await createWebhook(host.api, {}, { sync: true, enabled: false });
    await addNode(host.api, workflow, node);
    await host.api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
    sync[name] = workflow.key;
  }
});
afterAll(() => host?.remove());

/** A request, as bytes: its head with whatever headers are to be in it besides. */
type Request = (more: Record<string, string>) => RawPart[] | Promise<RawPart[]>;

const urlOf = (path: string) => `${host.url}${host.apiPath}webhooks/${path}`;

/** A request with a body, the connection ending with it. */
function request(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body: string | Buffer = '',
): Request {
  const length: Record<string, string> = body.length > 0 ? { 'content-length': `${Buffer.byteLength(body)}` } : {};
  return (more) => [head(method, urlOf(path), { connection: 'close', ...headers, ...length, ...more }), body];
}

const post = (path: string, body: string | Buffer = '{"a":1}', headers: Record<string, string> = JSON_TYPE) =>
  request('POST', path, headers, body);

/** The request line as it is, which `head` would tidy up. */
function requestLine(line: string): Request {
  return (more) => {
    const names = Object.entries({ host: 'nocobase.example', connection: 'close', ...more });
    return [`${line} HTTP/1.1\r\n${names.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`];
  };
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const MULTIPART = { 'content-type': 'multipart/form-data; boundary=xx' };
const PROXY = {
  'x-forwarded-for': '198.51.100.9, 192.0.2.7',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'hooks.example',
};

const REQUESTS: [string, number, Request][] = [
  ['JSON', 200, post('mounts/echo')],
  ['no body', 200, request('POST', 'mounts/echo')],
  ['another method', 200, request('PUT', 'mounts/echo', JSON_TYPE, '[1]')],
  ['GET with a query', 200, request('GET', 'mounts/echo?a=1&a=2&b[c]=d&e=%C3%A4+%zz&f=?&__proto__=g')],
  ['an empty query', 200, requestLine('GET /api/webhooks/mounts/echo?')],
  ['HEAD', 200, request('HEAD', 'mounts/echo')],
  ['a form', 200, post('mounts/echo', 'a=1&b[]=2&c[d]=3', FORM)],
  [
    'a file',
    200,
    post(
      'mounts/echo',
      '--xx\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--xx\r\ncontent-disposition: form-data; name="f"; filename="f.txt"\r\n\r\ntext\r\n--xx--\r\n',
      MULTIPART,
    ),
  ],
  ['gzip', 200, post('mounts/echo', gzipSync('{"a":1}'), { ...JSON_TYPE, 'content-encoding': 'gzip' })],
  [
    'a body in chunks',
    200,
    (more) => [
      head('POST', urlOf('mounts/echo'), {
        ...JSON_TYPE,
        connection: 'close',
        'transfer-encoding': 'chunked',
        ...more,
      }),
      '3\r\n{"a\r\n',
      20,
      '4\r\n":1}\r\n0\r\n\r\n',
    ],
  ],
  [
    'two requests in a row on one connection',
    200,
    (more) => [
      `${head('GET', urlOf('mounts/echo?n=1'), more)}${head('GET', urlOf('mounts/echo?n=2'), { ...more, connection: 'close' })}`,
    ],
  ],
  ['the key', 200, (more) => post(echoKey)(more)],
  ['the alias', 200, (more) => post(`../webhook:trigger/${echoKey}`)(more)],
  ['the alias with what is no key', 404, post('../webhook:trigger/mounts')],
  ['parameters', 200, post('mounts/params/a%20b/%C3%A4%2F')],
  ['a slash at the end', 200, post('mounts/params/a/b/')],
  ['two slashes', 404, requestLine('POST /api/webhooks/mounts/params//b')],
  ['a quote that is not encoded', 200, requestLine('POST /api/webhooks/mounts/params/a"b/{c}')],
  ['a fragment', 200, requestLine('GET /api/webhooks/mounts/echo?a=1#b')],
  ['a whole URL', 200, requestLine('GET http://nocobase.example/api/webhooks/mounts/echo?a=1')],
  ['behind a proxy', 200, post('mounts/office', '{}', { ...JSON_TYPE, ...PROXY })],
  ['from another address', 403, post('mounts/office')],
  ['no webhook', 404, post('mounts/none')],
  ['nothing behind the slash', 404, post('')],
  ['another method than its own', 405, request('DELETE', 'mounts/echo')],
  ['signed', 200, post('mounts/github', '{"b":2}', signed('{"b":2}'))],
  ['signed otherwise', 401, post('mounts/github', '{"b":2}', signed('{"b":3}'))],
  ['signed with its URL', 200, async (more) => post('mounts/square', ...(await squareCall()))(more)],
  ['who calls, asked for', 401, post('mounts/basic')],
  ['two who call', 401, (more) => twice('mounts/basic', 'authorization: Basic dTpw\r\n', more)],
  ['a challenge', 200, (more) => post('mounts/slack', CHALLENGE, slackHeaders(SECRET, CHALLENGE))(more)],
  ['a preflight', 204, request('OPTIONS', 'mounts/page', { origin: PAGE, 'access-control-request-method': 'POST' })],
  ['a page', 200, post('mounts/page', '{}', { ...JSON_TYPE, origin: PAGE })],
  ['another page', 200, post('mounts/page', '{}', { ...JSON_TYPE, origin: 'https://else.example' })],
  ['too much', 413, post('mounts/small', JSON.stringify('x'.repeat(200)))],
  [
    'too much, announced',
    413,
    (more) => [
      head('POST', urlOf('mounts/small'), {
        connection: 'close',
        expect: '100-continue',
        'content-length': '5000',
        ...more,
      }),
    ],
  ],
  ['broken JSON', 400, post('mounts/echo', '{"a":')],
  ['an encoding that nobody knows', 415, post('mounts/echo', '{}', { ...JSON_TYPE, 'content-encoding': 'zstd' })],
  ['what the schema refuses', 422, post('mounts/schema')],
  ['answered with a page', 201, post('mounts/html')],
  ['answered with nothing', 204, post('mounts/empty')],
  ['answered by a node', 202, (more) => post(sync.answered)(more)],
  ['failed', 500, (more) => post(sync.failed)(more)],
];

const CHALLENGE = '{"type":"url_verification","challenge":"abc"}';

async function squareCall(): Promise<[string, Record<string, string>]> {
  const { headers, body } = await square.call(urlOf('mounts/square'));
  return [String(body), headers as Record<string, string>];
}

function twice(path: string, line: string, more: Record<string, string>): RawPart[] {
  return [head('POST', urlOf(path), { connection: 'close', ...more }).replace(/\r\n$/, `${line}${line}\r\n`)];
}

/** What comes back, but for what is apart; and through which mount. */
async function answersTo(make: Request, more: Record<string, string> = {}) {
  const { answers, closed } = await exchange(host.url, await make(more), 5_000);
  return {
    through: [...new Set(answers.map(({ headers }) => headers['x-through'] ?? 'gateway'))],
    answers: answers.map(({ status, headers, body }) => ({
      status,
      headers: Object.entries(headers).filter(([name]) => !APART.includes(name)),
      body,
    })),
    closed,
  };
}

it.each(REQUESTS)('both mounts answer alike: %s, %i', async (_what, status, make) => {
  const gateway = await answersTo(make);
  const koa = await answersTo(make, THROUGH_KOA);
  expect(koa.through).toEqual(['koa']);
  expect(gateway.answers).toEqual(koa.answers);
  expect(gateway.closed).toBe(koa.closed);
  expect(new Set(gateway.answers.map((answer) => answer.status))).toEqual(new Set([status]));
});

it.each(['JSON', 'no body', 'signed', 'signed otherwise', 'no webhook', 'two requests in a row on one connection'])(
  'it is the gateway that takes: %s',
  async (name) => {
    const [, , make] = REQUESTS.find(([what]) => what === name) ?? [];
    expect(make && (await answersTo(make)).through).toEqual(['gateway']);
  },
);

it('what both took is the same in the log, and to the workflow', async () => {
  const { key } = await createWebhook(host.api, { path: 'mounts/logged', dedupe: null });
  const make = post('mounts/logged', '{"a":[1]}', { ...JSON_TYPE, ...PROXY, 'x-own': 'b' });
  await answersTo(make);
  await answersTo(make, THROUGH_KOA);
  const executions = await finishedExecutions(host.api, key, 2);
  const [second, first] = executions.map(({ context }) => {
    const { deliveryId, receivedAt, headers, ...rest } = context as { headers: Record<string, string> } & object & {
        deliveryId: string;
        receivedAt: string;
      };
    expect([deliveryId, receivedAt]).toEqual([expect.any(String), expect.any(String)]);
    delete headers['x-app'];
    return { ...rest, headers };
  });
  expect(first).toEqual(second);
  expect(first).toMatchObject({ ip: '192.0.2.7', path: '/api/webhooks/mounts/logged', data: { a: [1] } });
});

describe('what is for another app is none of ours', () => {
  it.each<[string, Request]>([
    ['by a header', (more) => request('GET', 'mounts/echo', { 'x-app': 'none' })(more)],
    ['by the query', request('GET', 'mounts/echo?__appName=none')],
    ['by the query, encoded', request('GET', 'mounts/echo?%5f_appName=none')],
    ['by the path', request('GET', '../__app/none/webhooks/mounts/echo')],
  ])('%s', async (_what, make) => {
    const { answers } = await answersTo(make);
    // The gateway looks for the app while it answers the first of them.
    expect(answers).toMatchObject([{ body: expect.stringMatching(/"code":"APP_(NOT_FOUND|PREPARING)"/) as string }]);
  });

  it('named main, it is ours', async () => {
    const { answers, through } = await answersTo(request('GET', 'mounts/echo?__appName=main'));
    expect([through, answers[0]?.status]).toEqual([['gateway'], 200]);
    const byPath = await answersTo(request('GET', '../__app/main/webhooks/mounts/echo'));
    expect([byPath.through, byPath.answers[0]?.status]).toEqual([['koa'], 200]);
  });
});

it("the gateway's own answers stay its own", async () => {
  const { answers } = await answersTo(request('GET', 'mounts/__health_check'));
  expect(answers).toMatchObject([{ status: 200 }]);
  expect(answers[0]?.body).not.toContain('WEBHOOK');
});

describe('while the app is loaded anew', () => {
  const call = () => answersTo(post('mounts/echo'));

  /** Calls on and on while something is done; each answer that was seen. */
  async function during(work: () => Promise<unknown>): Promise<Set<string>> {
    const seen = new Set<string>();
    let isDone = false;
    const done = work().finally(() => {
      isDone = true;
    });
    while (!isDone) {
      const { answers } = await call();
      for (const { status, body } of answers) {
        seen.add(status === 200 ? '200' : `${status} ${/"code":"(\w+)"/.exec(body)?.[1]}`);
      }
    }
    await done;
    return seen;
  }

  const byGateway = () =>
    waitFor('the gateway to take a call', 60_000, async () => {
      const { through, answers } = await call();
      return answers[0]?.status === 200 && through[0] === 'gateway';
    });

  it('for another plugin, calls are taken, or told to come again by the gateway itself', async () => {
    await byGateway();
    const other = (action: string) =>
      host.api.request(`pm:${action}?filterByTk=multi-keyword-filter&awaitResponse=true`, { method: 'POST' });
    for (const action of ['enable', 'disable']) {
      const seen = await during(async () => {
        await other(action);
        await byGateway();
      });
      expect([...seen].filter((answer) => !/^(200|503 APP_\w+)$/.test(answer))).toEqual([]);
      expect(seen).toContain('200');
    }
  });

  it('a restart of the app is over in a while, and each call is taken once', async () => {
    const { key } = await createWebhook(host.api, { path: 'mounts/once', dedupe: null });
    await host.api.request('app:restart', { method: 'POST' });
    await byGateway();
    const { answers, through } = await answersTo(post('mounts/once'));
    expect([through, answers[0]?.status]).toEqual([['gateway'], 200]);
    expect(await finishedExecutions(host.api, key)).toHaveLength(1);
  });

  it('without the plugin NocoBase answers, and with it again, it is the gateway that takes calls', async () => {
    const own = (action: string) =>
      host.api.request(`pm:${action}?filterByTk=${PLUGIN}&awaitResponse=true`, { method: 'POST' });
    await own('disable');
    const answer = await waitFor('NocoBase to be back', 60_000, async () => {
      const { through, answers } = await call();
      return through[0] === 'koa' && answers[0];
    });
    expect(answer.body).not.toContain('WEBHOOK');
    await own('enable');
    await byGateway();
  });
});
