import type { WebhookAuth } from '../../../src/common/auth';
import { PROVIDERS } from '../../../src/common/providers';
import { bodyWithoutCredentials, dataWithoutCredentials } from '../../../src/server/credentials/body';
import { headersForWorkflow } from '../../../src/server/credentials/headers';
import { credentialPlaces } from '../../../src/server/credentials/places';
import { withoutCredentials } from '../../../src/server/credentials/values';
import { hideQueryFromLog, loggableQuery } from '../../../src/server/requestLog/hiddenQuery';
import { redactSavedSecrets } from '../../../src/server/requestLog/redactActions';
import { CATALOGUE_FACTS } from '../verifiers/engine/vectors/catalogue';

const provider = (id: string): WebhookAuth => ({ type: 'provider', provider: id, secrets: [] });

it('knows where every provider that sends its secret itself puts it', () => {
  const places = PROVIDERS.map(({ id }) => [id, credentialPlaces(provider(id))] as const);
  expect(Object.fromEntries(places.filter(([, found]) => found.length > 0))).toEqual({
    cloudevents: ['header:authorization', 'query:access_token'],
    feishu: ['json:token', 'json:header.token'],
    'gitee-password': ['header:x-gitee-token'],
    gitlab: ['header:x-gitlab-token'],
    meta: ['query:hub.verify_token'],
    msgraph: ['json:value[].clientState'],
    notion: ['json:verification_token'],
    okta: ['header:authorization'],
    telegram: ['header:x-telegram-bot-api-secret-token'],
    ...Object.fromEntries(CATALOGUE_FACTS.flatMap((facts) => (facts.shows ? [[facts.provider, facts.shows]] : []))),
  });
});

it('takes a token out of headers and query, and nothing else', () => {
  const header: WebhookAuth = { type: 'token', in: 'header', name: 'X-Key', secrets: [] };
  expect(withoutCredentials({ 'x-key': 'k', a: '1' }, 'header', header)).toEqual({ 'x-key': '[redacted]', a: '1' });
  expect(withoutCredentials({ 'x-key': 'k' }, 'query', header)).toEqual({ 'x-key': 'k' });
  expect(withoutCredentials({ authorization: 'Bearer t' }, 'header', { type: 'jwt', algorithms: ['HS256'] })).toEqual({
    authorization: '[redacted]',
  });
});

describe('headers as a workflow sees them', () => {
  const headers = { authorization: 'a', 'proxy-authorization': 'p', cookie: ['c', 'd'], 'x-gitee-token': 'g', a: '1' };
  const seen = (auth: WebhookAuth, credentials = false, sent: Record<string, unknown> = headers) =>
    headersForWorkflow(sent, { auth, headers: { schema: null, credentials } });
  const basic: WebhookAuth = { type: 'basic', username: 'u', passwords: ['p'] };

  it('are without credentials, and show that the webhook’s own was there', () => {
    expect(seen({ type: 'none' })).toEqual({ a: '1' });
    expect(seen(basic)).toEqual({ authorization: '[redacted]', a: '1' });
    expect(seen(provider('okta'))).toEqual({ authorization: '[redacted]', a: '1' });
  });

  it('keep a signature of the webhook’s provider that others send a password in', () => {
    expect(seen(provider('gitee'))).toEqual({ 'x-gitee-token': 'g', a: '1' });
    expect(seen(provider('gitee-password'))).toEqual({ 'x-gitee-token': '[redacted]', a: '1' });
  });

  it('are with the others’ where the webhook asks for them, but for what is no longer known', () => {
    expect(seen(basic, true)).toEqual({ ...headers, authorization: '[redacted]' });
    expect(seen({ type: 'none' }, true, { cookie: '[redacted]', a: '1' })).toEqual({ a: '1' });
  });
});

describe('in a body', () => {
  const graph = provider('msgraph');
  const sent = { value: [{ id: 1, clientState: 's' }, { id: 2 }, 3], other: 's' };
  const kept = { value: [{ id: 1, clientState: '[redacted]' }, { id: 2 }, 3], other: 's' };

  it('it is taken out of what the workflow sees and of what is stored', () => {
    expect(dataWithoutCredentials(sent, graph)).toEqual(kept);
    expect(sent.value[0]).toEqual({ id: 1, clientState: 's' });
    expect(JSON.parse(bodyWithoutCredentials(Buffer.from(JSON.stringify(sent)), graph).toString())).toEqual(kept);
  });

  it('a body without one stays the same bytes', () => {
    for (const text of ['{ "value": [ ] }', 'no JSON', '']) {
      const body = Buffer.from(text);
      expect(bodyWithoutCredentials(body, graph)).toBe(body);
    }
    const github = Buffer.from('{ "token": "t" }');
    expect(bodyWithoutCredentials(github, provider('github'))).toBe(github);
  });
});

describe('what a maker saved', () => {
  const save = async (resourceName: string, values: unknown, fails = false) => {
    const params = { values };
    const next = jest.fn(() => (fails ? Promise.reject(new Error('no')) : Promise.resolve()));
    await redactSavedSecrets({ action: { resourceName, params } } as never, next).catch(() => undefined);
    expect(next).toHaveBeenCalledTimes(1);
    return params.values;
  };
  const values = { title: 't', config: { path: 'p', auth: { type: 'token', secrets: ['s'] } } };
  const redacted = { title: 't', config: { path: 'p', auth: '[redacted]' } };
  const nested = (levels: number, value: unknown): unknown =>
    Array.from({ length: levels }).reduce((inner) => [inner], value);

  it.each([
    ['a workflow', 'workflows', values, redacted],
    ['several', 'workflows', [values, values], [redacted, redacted]],
    ['one by a relation', 'categories.workflows', values, redacted],
    ['one by a relation of another name', 'executions.workflow', values, redacted],
    ['one within what leads to it', 'workflowCategories', { workflows: [values] }, { workflows: [redacted] }],
    ['a list that became an object', 'workflows', { 0: values }, { 0: redacted }],
    [
      'settings as a list',
      'workflows',
      { config: [{ auth: 's' }, '{"auth":1}'] },
      { config: [{ auth: '[redacted]' }, '[redacted]'] },
    ],
    [
      'settings within settings',
      'workflows',
      { config: { nodes: [{ auth: 's', a: 1 }] } },
      { config: { nodes: '[redacted]' } },
    ],
    ['a path to them', 'workflows', { 'config.auth': { secrets: ['s'] } }, { 'config.auth': '[redacted]' }],
    ['a path into them', 'workflows', { 'config.auth.secrets': ['s'] }, { 'config.auth.secrets': '[redacted]' }],
    ['a path in brackets', 'workflows', { 'config[auth][secrets]': 's' }, { 'config[auth][secrets]': '[redacted]' }],
    [
      'a path within settings',
      'workflows',
      { config: { 'auth.secrets': 's' } },
      { config: { 'auth.secrets': '[redacted]' } },
    ],
    [
      'a path below',
      'workflows',
      { 'executions.workflow.config': { auth: 's' } },
      { 'executions.workflow.config': { auth: '[redacted]' } },
    ],
    ['settings as text', 'workflows', { config: '{"auth":1}' }, { config: '[redacted]' }],
    ['more levels than anything has', 'workflows', nested(5_000, values), nested(101, '[redacted]')],
    ['a path to no column', 'workflows', { 'workflow.config': { auth: 's' } }, { 'workflow.config': '[redacted]' }],
    ['a misspelled setting', 'workflows', { config: { Auth: { secrets: ['s'] } } }, { config: { Auth: '[redacted]' } }],
    ['a misspelled column', 'workflows', { Config: { auth: 's' } }, { Config: '[redacted]' }],
    [
      'settings that hold more than they can',
      'workflows',
      { config: { path: ['s'], methods: { a: 's' } } },
      { config: { path: ['s'], methods: '[redacted]' } },
    ],
    ['a column that holds more than it can', 'workflows', { title: { a: 's' } }, { title: '[redacted]' }],
    [
      'a run by hand',
      'workflows',
      { headers: { authorization: 's' }, data: { a: 's' } },
      { headers: '[redacted]', data: '[redacted]' },
    ],
    [
      'a replay with what a maker changed',
      'webhookDeliveries',
      { headers: { authorization: 's' }, 'query[token]': 's', data: 's', Params: { a: ['s'] }, filter: { key: 'k' } },
      {
        headers: '[redacted]',
        'query[token]': '[redacted]',
        data: '[redacted]',
        Params: '[redacted]',
        filter: { key: 'k' },
      },
    ],
    [
      'settings of anything',
      'other',
      { a: { Config: { a: [1], path: 'p' } } },
      { a: { Config: { a: '[redacted]', path: 'p' } } },
    ],
    ['a public URL that is refused', 'webhookSettings', { publicUrl: 'https://u:p@h' }, '[redacted]'],
    ['settings that are none', 'webhookSettings', { publicUrl: 'https://h', a: 's' }, '[redacted]'],
    ['a public URL', 'webhookSettings', { publicUrl: 'https://h' }, { publicUrl: 'https://h' }],
    ['something else', 'users', { settings: { auth: [1] } }, { settings: { auth: [1] } }],
    ['a workflow without settings', 'workflows', { title: 't' }, { title: 't' }],
  ])('is without its secrets in the request log: %s', async (_what, resource, given, expected) => {
    expect(await save(resource, given)).toEqual(expected);
    expect(await save(resource, given, true)).toEqual(expected);
  });
});

it('what a maker saved in another parameter is not in the request log', async () => {
  const params = { filterByTk: 1, config: { auth: 's', path: 'p' }, 'config[auth]': 's', filter: { title: 't' } };
  await redactSavedSecrets({ action: { resourceName: 'workflows', params } } as never, () => Promise.resolve());
  expect(params).toEqual({
    filterByTk: 1,
    config: { auth: '[redacted]', path: 'p' },
    'config[auth]': '[redacted]',
    filter: { title: 't' },
  });
});

it('what was given to a run by hand or a replay in another parameter is not in the request log', async () => {
  const of = async (resourceName: string) => {
    const params = {
      filterByTk: 1,
      resourceName,
      page: 1,
      headers: { 'x-key': 's' },
      'query.token': 's',
      none: undefined,
    };
    await redactSavedSecrets({ action: { resourceName, params } } as never, () => Promise.resolve());
    return params;
  };
  const kept = { filterByTk: 1, page: 1, none: undefined };
  for (const resourceName of ['workflows', 'categories.workflows', 'webhookDeliveries', 'webhookSettings']) {
    const headers = '[redacted]';
    expect(await of(resourceName)).toEqual({ ...kept, resourceName, headers, 'query.token': '[redacted]' });
  }
  expect(await of('users')).toMatchObject({ headers: { 'x-key': 's' }, 'query.token': 's' });
});

describe('a query in the request log', () => {
  it.each<[string, string | null]>([
    ['filterByTk=1&page=2', null],
    ['filter=%7B%22title%22%3A%22t%22%7D', null],
    ['filterByTk=1&values=%7B%22config%22%3A1%7D', 'filterByTk=1&values=[redacted]'],
    ['values[config][auth][secrets][0]=s&page=2', 'values[config][auth][secrets][0]=[redacted]&page=2'],
    ['v%61lues=s&%76alues%5Ba%5D=s', 'v%61lues=[redacted]&%76alues%5Ba%5D=[redacted]'],
    ['config[auth]=s&a.Config=s&auth=s', 'config[auth]=[redacted]&a.Config=[redacted]&auth=[redacted]'],
    ['filter=%7B%22config%22%3A%7B%22secrets%22%3A%22s%22%7D%7D', 'filter=[redacted]'],
    ['a=%ff&b=1', 'a=[redacted]&b=1'],
  ])('%s', (query, expected) => {
    expect(loggableQuery(query, '/api/users:list')).toBe(expected);
  });

  it.each<[string, string, string | null]>([
    [
      '/api/workflows:execute',
      'filterByTk=1&headers[x-key]=s&autoRevision=1',
      'filterByTk=1&headers[x-key]=[redacted]&autoRevision=1',
    ],
    [
      '/api/workflows:execute',
      'query.token=s&d%61ta=s&anything=s',
      'query.token=[redacted]&d%61ta=[redacted]&anything=[redacted]',
    ],
    ['/api/categories/1/Workflows:list', 'page=2&headers=s', 'page=2&headers=[redacted]'],
    ['/api/work%66lows:execute', 'headers=s', 'headers=[redacted]'],
    ['/api/workflows:list', 'filter[key]=k&page=1&appends[]=a&=', null],
    ['/api/webhookDeliveries:replay', 'filterByTk=1&headers[x-key]=s', 'filterByTk=1&headers[x-key]=[redacted]'],
    ['/api/webhookSettings:save', 'publicUrl=https://u:p@h', 'publicUrl=[redacted]'],
    ['/api/users:list', 'headers=s', null],
  ])('to where requests and settings are given shows what is harmless: %s?%s', (path, query, expected) => {
    expect(loggableQuery(query, path)).toBe(expected);
  });

  it('is whole for what comes behind the logger, and without settings before and after', async () => {
    const { outside, inside } = hideQueryFromLog();
    const ctx = { req: {}, url: '/api/a?values=s', querystring: 'values=s' };
    const seen: string[] = [];
    const look = () => Promise.resolve(void seen.push(ctx.url));
    await outside(ctx as never, async () => {
      await look();
      await inside(ctx as never, look);
      await look();
    });
    expect([...seen, ctx.url]).toEqual([
      '/api/a?values=[redacted]',
      '/api/a?values=s',
      '/api/a?values=[redacted]',
      '/api/a?values=s',
    ]);
  });
});
