import { resolveConfig, type WebhookConfigInput } from '../../../src/common/config';
import { triggerVariables } from '../../../src/client-v2/triggerVariables';

jest.mock('@nocobase/flow-engine', () => ({}), { virtual: true });

const t = (key: string) => key;
const variablesOf = (config: WebhookConfigInput, options?: Parameters<typeof triggerVariables>[2]) =>
  triggerVariables(resolveConfig(config), t, options);

/** Dotted names of everything offered, parents included. */
function paths(options: ReturnType<typeof triggerVariables>, before = ''): string[] {
  return options.flatMap(({ value, children }) => [
    `${before}${value}`,
    ...paths(children ?? [], `${before}${value}.`),
  ]);
}

const DECLARED: WebhookConfigInput = {
  path: 'orders/:orderId',
  variables: {
    data: [
      { path: 'repository.full_name', title: 'Repository', type: 'string' },
      { path: 'commits', type: 'array' },
      { path: 'commits.id', type: 'string' },
      { path: 'size', type: 'number' },
    ],
    headers: [{ path: 'X-GitHub-Event', type: 'string' }],
    query: [{ path: 'page.size', type: 'string' }],
    params: [],
  },
};

test('offers what is declared, nested by its dots, and the path parameters by themselves', () => {
  expect(paths(variablesOf(DECLARED))).toEqual([
    ...['data', 'data.repository', 'data.repository.full_name', 'data.commits', 'data.commits.id', 'data.size'],
    ...['headers', 'headers.x-github-event', 'query', 'query.page', 'query.page.size', 'params', 'params.orderId'],
    ...['method', 'path', 'ip', 'deliveryId', 'receivedAt', 'event', 'provider'],
    ...[
      'files',
      'files.field',
      'files.filename',
      'files.contentType',
      'files.size',
      'files.id',
      'files.title',
      'files.url',
    ],
  ]);
});

test('what has an alias is offered by it, and what a template can name by its path as well', () => {
  const config: WebhookConfigInput = {
    variables: {
      headers: [{ path: 'X.Trace', type: 'string', alias: 'trace' }],
      data: [
        { path: 'fields["System.State"]', title: 'State', type: 'string', alias: 'state' },
        { path: 'action', alias: 'what' },
        { path: 'prénom' },
      ],
    },
    body: { schema: { properties: { 订单: { type: 'integer' }, plain: {} } } },
  };
  const options = variablesOf(config);
  const offered = paths(options);
  expect(offered.filter((path) => /^(data|headers|vars)/.test(path))).toEqual([
    ...['data', 'data.action', 'data.plain', 'headers'],
    ...['vars', 'vars.trace', 'vars.state', 'vars.what', 'vars.prenom', 'vars.u8ba2u5355'],
  ]);
  expect(options.find(({ value }) => value === 'vars')).toMatchObject({
    label: 'Named variables',
    children: [{ label: 'X.Trace' }, { label: 'State' }, { label: 'action' }, { label: 'prénom' }, { label: '订单' }],
  });
  expect(paths(variablesOf(config, { types: ['number'] }))).toContain('vars.u8ba2u5355');
  expect(paths(variablesOf({}))).not.toContain('vars');
});

test('the title of a variable is what the picker shows', () => {
  const data = variablesOf(DECLARED)[0];
  expect(data?.children?.[0]).toMatchObject({ label: 'repository', children: [{ label: 'Repository' }] });
});

test('offers the raw body only where it is kept', () => {
  expect(paths(variablesOf({ body: { keepRaw: true } }))).toContain('rawBody');
  expect(paths(variablesOf({}))).not.toContain('rawBody');
});

test('writes options with the field names that the picker asks for', () => {
  const fieldNames = { label: 'title', value: 'name', children: 'items' };
  expect(variablesOf({ path: 'a/:id' }, { fieldNames })).toContainEqual({
    key: 'params',
    title: 'Path parameters',
    name: 'params',
    items: [{ key: 'id', title: 'id', name: 'id' }],
  });
});

test('keeps only the types that a field takes, and what leads to them', () => {
  expect(paths(variablesOf(DECLARED, { types: ['number'] }))).toEqual([
    ...['data', 'data.size', 'files', 'files.size', 'files.id'],
  ]);
  expect(paths(variablesOf(DECLARED, { types: ['date'] }))).toEqual(['receivedAt']);
  const params = { schema: { properties: { orderId: { type: 'integer' }, other: { type: 'integer' } } } };
  expect(paths(variablesOf({ path: 'orders/:orderId', params }, { types: ['number'] }))).toEqual([
    ...['data', 'params', 'params.orderId'],
    ...['files', 'files.size', 'files.id'],
  ]);
});

test('a variable of no declared type may be anything', () => {
  const config = { variables: { data: [{ path: 'x' }] } };
  expect(paths(variablesOf(config, { types: ['boolean'] }))).toEqual(['data', 'data.x']);
});
