import { parsePath } from '../../../src/common/path';
import type { Endpoint } from '../../../src/server/endpoints/Endpoint';
import { RouteTable } from '../../../src/server/endpoints/RouteTable';

/** Only what the table looks at. */
function endpoint(workflowId: number, path: string): Endpoint {
  const parsed = parsePath(path);
  if ('problem' in parsed) {
    throw new Error(parsed.problem.message);
  }
  return { workflowId, key: `key${workflowId}`, segments: parsed.segments } as unknown as Endpoint;
}

function table(...paths: string[]): RouteTable {
  const routes = new RouteTable();
  paths.forEach((path, index) => routes.add(endpoint(index + 1, path)));
  return routes;
}

const found = (routes: RouteTable, path: string) =>
  routes.find(path).map(({ endpoint: { workflowId }, params }) => [workflowId, params]);

it.each([
  ['key1', [[1, {}]]],
  ['orders', [[2, {}]]],
  ['orders/', [[2, {}]]],
  ['orders/5', [[3, { id: '5' }]]],
  ['orders/new', [[4, {}]]],
  ['orders/new/lines', [[5, { id: 'new' }]]],
  ['orders/a%2Fb', [[3, { id: 'a/b' }]]],
  ['orders/a%252Fb', [[3, { id: 'a%2Fb' }]]],
  ['Orders', []],
  ['orders//5', []],
  ['orders/%zz', []],
  ['orders/5/6', []],
  ['', []],
  ['__proto__', []],
  ['constructor', []],
])('finds %j', (path, expected) => {
  const routes = table('', 'orders', 'orders/:id', 'orders/new', 'orders/:id/lines');
  expect(found(routes, path)).toEqual(expected);
});

it('gives all webhooks of one path, each with its own parameter names', () => {
  expect(found(table('o/:a', 'o/:b'), 'o/1')).toEqual([
    [1, { a: '1' }],
    [2, { b: '1' }],
  ]);
});

it('replaces the endpoint of a workflow, and forgets one that is removed', () => {
  const routes = table('a', 'b');
  routes.add(endpoint(1, 'c'));
  expect(found(routes, 'a')).toEqual([]);
  expect(found(routes, 'c')).toEqual([[1, {}]]);
  routes.removeKey('key1');
  routes.removeKey('key99');
  expect(found(routes, 'c')).toEqual([]);
  expect(found(routes, 'key1')).toEqual([]);
  expect(found(routes, 'b')).toEqual([[2, {}]]);
});

it('puts a newer version in the place of the older one, with the same key, at once', () => {
  const routes = new RouteTable();
  const older = { ...endpoint(1, 'a'), key: 'same' };
  const newer = { ...endpoint(2, 'a'), key: 'same' };
  routes.add(older);
  routes.add(newer);
  expect(routes.findKey('same')?.workflowId).toBe(2);
  expect(found(routes, 'a')).toEqual([[2, {}]]);
  expect([...routes.endpoints()]).toEqual([newer]);
});
