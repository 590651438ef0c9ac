import { sharedHost, unique } from '../../support/hosts';
import { exchange, head } from '../../support/rawHttp';
import { createWebhook } from '../../support/workflows';

const host = sharedHost('postgres');
const PAGE = 'https://shop.example';

/** The paths of the webhooks, by what they are set to. */
const paths = {
  all: unique('all-'),
  getOnly: unique('get-'),
  page: unique('page-'),
  anyPage: unique('any-page-'),
  meta: unique('meta-'),
  wecom: unique('wecom-'),
  cloudEvents: unique('ce-'),
  strict: unique('strict-'),
};
const url = (name: keyof typeof paths, query = '') => `${host.webhook(paths[name])}${query}`;

beforeAll(async () => {
  const { all, getOnly, page, anyPage, meta, wecom, cloudEvents, strict } = paths;
  await createWebhook(host.api, { path: all, methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] });
  await createWebhook(host.api, { path: getOnly, methods: ['GET'] });
  await createWebhook(host.api, { path: page, methods: ['POST', 'PUT'], cors: { origins: [PAGE] } });
  await createWebhook(host.api, { path: anyPage, cors: { origins: ['*'] } });
  const secrets = ['s3cret'];
  await createWebhook(host.api, {
    path: meta,
    auth: { type: 'provider', provider: 'meta', secrets, options: { verifyToken: 'vt' } },
  });
  await createWebhook(host.api, {
    path: wecom,
    auth: {
      type: 'provider',
      provider: 'wecom',
      secrets,
      options: { encodingAESKey: 'a'.repeat(43), receiveId: 'corp' },
    },
  });
  await createWebhook(host.api, {
    path: cloudEvents,
    auth: { type: 'provider', provider: 'cloudevents', secrets, options: { allowedOrigins: 'events.example' } },
  });
  await createWebhook(host.api, {
    path: strict,
    cors: { origins: [PAGE] },
    auth: { type: 'token', in: 'header', name: 'x-key', secrets },
    response: { status: 200, contentType: 'text/plain', headers: [{ name: 'Vary', value: 'Accept' }], body: 'ok' },
  });
});

it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])('takes %s where it is chosen', async (method) => {
  expect((await fetch(url('all'), { method })).status).toBe(200);
});

it.each([
  ['getOnly', 'GET', 200, null],
  ['getOnly', 'HEAD', 200, null],
  ['getOnly', 'POST', 405, 'GET, HEAD'],
  ['getOnly', 'OPTIONS', 405, 'GET, HEAD'],
  ['page', 'OPTIONS', 405, 'POST, PUT'],
  ['page', 'GET', 405, 'POST, PUT'],
  ['all', 'OPTIONS', 405, 'GET, POST, PUT, PATCH, DELETE, HEAD'],
] as const)('%s: %s is answered with %i', async (name, method, status, allow) => {
  const answer = await fetch(url(name), { method });
  expect([answer.status, answer.headers.get('allow')]).toEqual([status, allow]);
});

it.each(['TRACE', 'PROPFIND', 'QUERY', 'PURGE', 'LINK'])('refuses %s', async (method) => {
  const { answers } = await exchange(url('all'), head(method, url('all')));
  expect(answers).toMatchObject([{ status: 405, headers: { allow: 'GET, POST, PUT, PATCH, DELETE, HEAD' } }]);
});

describe('CORS', () => {
  const preflight = (name: keyof typeof paths, origin: string, headers: Record<string, string> = {}) =>
    fetch(url(name), { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST', ...headers } });
  const cors = ({ headers }: Response) =>
    Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-') || name === 'vary'));

  it('answers the preflight of a page that is let in', async () => {
    const answer = await preflight('page', PAGE, { 'access-control-request-headers': 'content-type, x-signature' });
    expect([answer.status, cors(answer)]).toEqual([
      204,
      {
        'access-control-allow-origin': PAGE,
        'access-control-allow-methods': 'POST, PUT',
        'access-control-allow-headers': 'content-type, x-signature',
        'access-control-max-age': '7200',
        'access-control-expose-headers': '*',
        vary: 'Origin',
      },
    ]);
  });

  it('lets every page in where it should, without credentials', async () => {
    expect(cors(await preflight('anyPage', 'https://anything.example'))).toMatchObject({
      'access-control-allow-origin': '*',
    });
    expect(cors(await preflight('anyPage', PAGE))).not.toHaveProperty('access-control-allow-credentials');
  });

  it.each([
    'https://evil.example',
    'https://shop.example.evil.example',
    'http://shop.example',
    'https://shop.example:8443',
    'null',
    '',
  ])('does not let %j in', async (origin) => {
    const answer = await preflight('page', origin);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('vary')).toBe('Origin');
  });

  it('drops what is no header name from the preflight', async () => {
    const asked = { 'access-control-request-headers': 'x-a, x b, "x", , x-c' };
    expect(cors(await preflight('page', PAGE, asked))).toMatchObject({ 'access-control-allow-headers': 'x-a, x-c' });
  });

  it('says nothing of pages where none is let in', async () => {
    const answer = await preflight('all', PAGE);
    expect([answer.status, cors(answer)]).toEqual([405, {}]);
    expect(cors(await fetch(url('all'), { method: 'POST', headers: { origin: PAGE } }))).toEqual({});
  });

  it.each([
    ['an answer', 'strict', { 'x-key': 's3cret' }, 200, 'Accept, Origin'],
    ['a refusal by verification', 'strict', {}, 401, 'Origin'],
  ] as const)('lets the page read %s', async (_what, name, headers, status, vary) => {
    const answer = await fetch(url(name), { method: 'POST', headers: { origin: PAGE, ...headers } });
    expect(answer.status).toBe(status);
    expect(cors(answer)).toEqual({ 'access-control-allow-origin': PAGE, 'access-control-expose-headers': '*', vary });
  });

  it('lets the page read a refusal by method', async () => {
    const answer = await fetch(url('page'), { method: 'DELETE', headers: { origin: PAGE } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([405, PAGE]);
  });
});

describe("a provider's challenge by a method that isn't chosen", () => {
  it.each([
    ['meta', 'GET', '?hub.mode=subscribe&hub.verify_token=vt&hub.challenge=4711', 200, '4711'],
    ['meta', 'GET', '?hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=4711', 401, 'UNVERIFIED'],
    ['meta', 'GET', '', 405, 'METHOD_NOT_ALLOWED'],
    ['meta', 'PUT', '?hub.mode=subscribe&hub.verify_token=vt&hub.challenge=4711', 405, 'METHOD_NOT_ALLOWED'],
    ['wecom', 'GET', '?echostr=abc&msg_signature=x&timestamp=1&nonce=2', 401, 'UNVERIFIED'],
    ['wecom', 'GET', '?nonce=2', 405, 'METHOD_NOT_ALLOWED'],
  ] as const)('%s: %s %s is answered with %i', async (name, method, query, status, text) => {
    const answer = await fetch(url(name, query), { method });
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(text);
  });

  it('CloudEvents asks by OPTIONS whether it may deliver', async () => {
    const ask = (origin: string) =>
      fetch(url('cloudEvents'), { method: 'OPTIONS', headers: { 'webhook-request-origin': origin } });
    const allowed = await ask('events.example');
    expect([allowed.status, allowed.headers.get('webhook-allowed-origin')]).toEqual([200, 'events.example']);
    expect((await ask('other.example')).status).toBe(401);
    expect((await fetch(url('cloudEvents'), { method: 'OPTIONS' })).status).toBe(405);
  });
});
