import { EventEmitter } from 'node:events';
import type { Application } from '@nocobase/server';
import type { Middleware } from 'koa';
import type { RequestHandler } from '../../../../src/server/mounts/gatewayParts';
import { mountAtGateway } from '../../../../src/server/mounts/mountAtGateway';

const handlers: RequestHandler[] = [];
const missing: string[] = [];
jest.mock('../../../../src/server/mounts/gatewayParts', () => ({
  missingGatewayParts: () => missing,
  gatewayFront: () => ({
    registerRequestHandler: (handler: RequestHandler) => handlers.push(handler),
    unregisterRequestHandler: (handler: RequestHandler) =>
      handlers.includes(handler) && handlers.splice(handlers.indexOf(handler), 1),
    middlewares: () => 0,
    selectors: () => 1,
    statusOf: () => Promise.resolve('running'),
  }),
}));

const generateReqId: Middleware = () => undefined;
const inApp: Middleware = () => undefined;

function appWith(chain: Middleware[], name = 'main') {
  const log: string[] = [];
  const app = Object.assign(new EventEmitter(), {
    name,
    context: { reqId: 'of the one before' },
    middleware: { nodes: chain },
    logger: { info: (line: string) => void log.push(line) },
  });
  const load = (apiBase = '/api/') =>
    mountAtGateway({
      app: app as unknown as Application,
      apiBase,
      targetOf: (path) => ({ path, keyOnly: false }),
      receive: () => Promise.resolve(),
      inApp,
    });
  return { app, load, log };
}

beforeEach(() => {
  process.env.API_BASE_PATH = '/api/';
  missing.length = 0;
});
afterEach(() => appWith([]).load()());

it('is there from the start of the app until it is taken away, however often', () => {
  const { app, load } = appWith([generateReqId, inApp]);
  const unmount = load();
  expect(handlers).toHaveLength(0);
  app.emit('afterStart');
  expect(handlers).toHaveLength(1);
  unmount();
  unmount();
  expect(handlers).toHaveLength(0);
});

it('is gone once the app is loaded anew', () => {
  const { app, load } = appWith([generateReqId, inApp]);
  load();
  app.emit('afterStart');
  app.emit('beforeReload');
  expect(handlers).toHaveLength(0);
});

it('takes the place of one that an earlier load left behind', () => {
  const first = appWith([generateReqId, inApp]);
  first.load();
  first.app.emit('afterStart');
  const [stale] = handlers;
  const second = appWith([generateReqId, inApp]);
  second.load();
  second.app.emit('afterStart');
  expect(handlers).toHaveLength(1);
  expect(handlers).not.toContain(stale);
});

it('gives each request an id for the logs', async () => {
  const { app, load } = appWith([generateReqId, inApp]);
  load();
  app.emit('afterStart');
  await handlers[0]?.({ url: '/api/webhooks/a', headers: {} } as never, {} as never);
  expect(app.context.reqId).toMatch(/^[0-9a-f-]{36}$/);
});

function guard(): Middleware {
  return async function onlyFromTheOffice(_ctx, next) {
    await next();
  };
}

it.each<[string, () => ReturnType<typeof appWith>, RegExp, string?]>([
  ['somebody else stands ahead', () => appWith([generateReqId, guard(), inApp]), /\(onlyFromTheOffice\)/],
  ['somebody without a name does', () => appWith([() => undefined, inApp]), /\(one without a name\)/],
  ['the chain can not be read', () => appWith([]), /cannot be told/],
  ['the gateway has another base path', () => appWith([inApp]), /another API base path/, '/v2/'],
  [
    'a part of the gateway is missing',
    () => {
      missing.push('Gateway.middlewares');
      return appWith([inApp]);
    },
    /has no Gateway\.middlewares/,
  ],
])('where %s, calls go through the app, and the log says why', (_what, make, line, apiBase = '/api/') => {
  const { app, load, log } = make();
  load(apiBase);
  app.emit('afterStart');
  expect(handlers).toHaveLength(0);
  expect(log).toEqual([expect.stringMatching(line)]);
});

it('a sub-app has none', () => {
  const { app, load, log } = appWith([generateReqId, inApp], 'branch');
  load();
  app.emit('afterStart');
  expect([handlers, log]).toEqual([[], []]);
});
