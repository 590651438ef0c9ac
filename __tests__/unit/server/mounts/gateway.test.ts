import type { IncomingMessage, ServerResponse } from 'node:http';
import { GatewayMount } from '../../../../src/server/mounts/gateway';
import type { Front, RequestHandler } from '../../../../src/server/mounts/gatewayParts';
import type { Called } from '../../../../src/server/mounts/receive';
import { targetsBelow } from '../../../../src/server/mounts/target';

/** A gateway with the mount open in it, and what became of each request. */
function mounted(changes: Partial<Front> = {}, isForOthers = () => false) {
  const handlers: RequestHandler[] = [];
  const received: Called[] = [];
  const seen: string[] = [];
  const front: Front = {
    registerRequestHandler: (handler) => void handlers.push(handler),
    unregisterRequestHandler: (handler) => void handlers.splice(handlers.indexOf(handler), 1),
    middlewares: () => 0,
    selectors: () => 1,
    appNameOf: () => Promise.resolve('main'),
    statusOf: () => Promise.resolve('running'),
    ...changes,
  };
  const mount = new GatewayMount({
    front,
    targetOf: targetsBelow('/api/', isForOthers),
    receive: (_request, _response, called) => Promise.resolve(void received.push(called)),
    onRequest: () => void seen.push('request'),
  });
  mount.open();
  const [handler] = handlers;
  const call = async (url: string, headers: Record<string, string> = {}) =>
    handler?.({ url, headers } as unknown as IncomingMessage, {} as ServerResponse);
  return { mount, handlers, received, seen, call };
}

it.each<[string, Called]>([
  ['/api/webhooks/a', { target: { path: 'a', keyOnly: false }, path: '/api/webhooks/a', search: '' }],
  ['/api/webhooks/', { target: { path: '', keyOnly: false }, path: '/api/webhooks/', search: '' }],
  ['/api/webhooks/a?', { target: { path: 'a', keyOnly: false }, path: '/api/webhooks/a', search: '' }],
  ['/api/webhooks/a/b?c=?d', { target: { path: 'a/b', keyOnly: false }, path: '/api/webhooks/a/b', search: 'c=?d' }],
  ['/api/webhook:trigger/k', { target: { path: 'k', keyOnly: true }, path: '/api/webhook:trigger/k', search: '' }],
])('%s is taken', async (url, called) => {
  const { call, received, seen } = mounted();
  expect(await call(url)).toBe(true);
  expect(received).toEqual([called]);
  expect(seen).toHaveLength(1);
});

it.each<[string, string, Record<string, string>?]>([
  ['another path', '/api/users:list'],
  ['a path that only begins so', '/api/webhooksettings'],
  ['no path below it', '/api/webhooks'],
  ['another base path', '/webhooks/a'],
  ['one with X-App', '/api/webhooks/a', { 'x-app': 'main' }],
  ['one with an empty X-App', '/api/webhooks/a', { 'x-app': '' }],
  ['a path that names an app', '/api/__app/sub/webhooks/a'],
  ['a whole URL', 'http://localhost/api/webhooks/a'],
  ['a fragment', '/api/webhooks/a#b'],
  ['a backslash', '/api/webhooks/a\\b'],
  ['a space of another kind', '/api/webhooks/a\u00a0'],
  ["the gateway's health check", '/api/webhooks/__health_check'],
  ["the gateway's health check in a query", '/api/webhooks/a?b=/__health_check'],
  ["the gateway's bundle status", '/api/webhooks/a/__umi/api/bundle-status?x'],
])('%s goes on', async (_what, url, headers = {}) => {
  const { call, received } = mounted();
  expect(await call(url, headers)).toBe(false);
  expect(received).toEqual([]);
});

it.each<[string, Partial<Front>, string?]>([
  ['a query names another app', { appNameOf: () => Promise.resolve('sub') }, '/api/webhooks/a?__appName=sub'],
  ['a host may choose another app', { selectors: () => 2, appNameOf: () => Promise.resolve('sub') }],
  ['the app can not be told', { selectors: () => 2, appNameOf: () => Promise.reject(new Error('no database')) }],
  ['somebody stands between the gateway and the apps', { middlewares: () => 1 }],
  ...['preparing', 'initializing', 'initialized', 'commanding', 'stopped', 'error', 'not_found', null].map(
    (status): [string, Partial<Front>] => [`the app is ${status}`, { statusOf: () => Promise.resolve(status) }],
  ),
  ['the status can not be told', { statusOf: () => Promise.reject(new Error('no Redis')) }],
])('where %s, it goes on', async (_what, changes, url = '/api/webhooks/a') => {
  const { call, received } = mounted(changes);
  expect(await call(url)).toBe(false);
  expect(received).toEqual([]);
});

it('what is for a resource of the app goes on', async () => {
  expect(await mounted({}, () => true).call('/api/webhooks/1')).toBe(false);
});

it('a selector beside the usual one is asked, also without a query', async () => {
  expect(await mounted({ selectors: () => 2 }).call('/api/webhooks/a')).toBe(true);
});

it('it stands in the gateway once, and not at all when it is closed', async () => {
  const { mount, handlers, call, received } = mounted();
  mount.open();
  expect(handlers).toHaveLength(1);
  mount.close();
  expect(handlers).toHaveLength(0);
  // Whoever was on the way through the gateway's handlers still comes by.
  expect(await call('/api/webhooks/a')).toBe(false);
  expect(received).toEqual([]);
  mount.open();
  expect(await call('/api/webhooks/a')).toBe(true);
});

it('a request that is looked at while it is closed goes on', async () => {
  let answer: (status: string) => void = () => undefined;
  const { mount, call, received } = mounted({ statusOf: () => new Promise((resolve) => (answer = resolve)) });
  const called = call('/api/webhooks/a');
  await Promise.resolve();
  mount.close();
  answer('running');
  expect(await called).toBe(false);
  expect(received).toEqual([]);
});
