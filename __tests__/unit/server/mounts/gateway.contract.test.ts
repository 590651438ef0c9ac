import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppSupervisor, Gateway } from '@nocobase/server';
import {
  GATEWAY_PARTS,
  gatewayFront,
  missingGatewayParts,
  type GatewayPart,
} from '../../../../src/server/mounts/gatewayParts';
import { HARMLESS } from '../../../../src/server/mounts/mountAtGateway';

// `mounts/gateway.ts` takes calls in NocoBase's gateway as that would hand them to the main app. If one of these fails
// after an update of NocoBase: read what changed there, carry it over, and only then put the new hash in here.

const NOCOBASE = 'node_modules/@nocobase';
const GATEWAY = 'server/lib/gateway/index.js';
const SUPERVISOR = 'server/lib/app-supervisor/index.js';
const APPLICATION = 'server/lib/application.js';

/** A part, or what stands around it: file, method, and the hash of its text. */
type Watched = [file: string, method: string, hash: string];

const WATCHED: Record<GatewayPart, Watched[]> = {
  'Gateway.registerRequestHandler': [
    [GATEWAY, 'registerRequestHandler', 'f1aba973b55e775f'],
    [GATEWAY, 'startHttpServer', '3c0b9612f322dbbf'],
    [APPLICATION, 'start', 'fea23372a18c350d'],
  ],
  'Gateway.unregisterRequestHandler': [
    [GATEWAY, 'unregisterRequestHandler', '9f930113477746ff'],
    [APPLICATION, 'stop', 'e07b6c23026388f3'],
    [APPLICATION, 'restart', 'e3982d7dc9bb9b78'],
    [APPLICATION, 'reload', 'a9baf6cd64b8b909'],
    [APPLICATION, 'reInit', 'edf96d78b9ed3930'],
  ],
  'Gateway.middlewares': [
    [GATEWAY, 'use', 'd0c33745e73d96c4'],
    [GATEWAY, 'requestHandler', 'c365c96fa6a49c92'],
  ],
  'Gateway.getAppSelectorMiddlewares': [
    [GATEWAY, 'getAppSelectorMiddlewares', '7ffd482b98c6f991'],
    [GATEWAY, 'reset', '63223b56425d6d55'],
  ],
  'Gateway.getRequestHandleAppName': [[GATEWAY, 'getRequestHandleAppName', 'd582e5ed4abfd399']],
  'AppSupervisor.getAppStatus': [
    [SUPERVISOR, 'getAppStatus', '0ae121beb96170c4'],
    [SUPERVISOR, 'bindAppEvents', '2f6ec958195ebbc6'],
  ],
};

/** What stands ahead of webhooks in the app, and is passed over in the gateway: file, name, and the hash of its text. */
const PASSED_OVER: Watched[] = [
  ['server/lib/helper.js', 'generateReqId', '182f23a72fce5e18'],
  ['server/lib/helper.js', 'getBearerToken', '23ff1488baa4a96a'],
  ['plugin-data-source-manager/dist/server/plugin.js', 'setDataSourceListItemStatus', '2f0bafeb12c44a65'],
  ['plugin-data-source-manager/dist/server/plugin.js', 'handleAppendDataSourceCollection', '7818070266610d63'],
];

/** The text from what `start` finds up to `end`, without its line breaks and spaces, hashed. */
function hashOf(file: string, start: RegExp, end: string): string {
  const text = readFileSync(join(NOCOBASE, file), 'utf8');
  const from = text.search(start);
  expect({ file, start, found: from >= 0 }).toEqual({ file, start, found: true });
  const part = text.slice(from, text.indexOf(end, from)).replace(/\s+/g, '');
  return createHash('sha256').update(part).digest('hex').slice(0, 16);
}

const ROWS = Object.entries(WATCHED).flatMap(([part, watched]) => watched.map((row) => [part, ...row] as const));

test.each(ROWS)('%s: in %s, %s is what it was when this was written', (_part, file, name, expected) => {
  expect(hashOf(file, new RegExp(`^  ((async|static) )?${name}\\(`, 'm'), '\n  }\n')).toBe(expected);
});

test.each(PASSED_OVER)('%s: %s is what it was when this was written', (file, name, expected) => {
  expect(hashOf(file, new RegExp(`async function ${name}\\(`), '\n    }')).toBe(expected);
});

test('all that is passed over is watched', () => {
  expect(PASSED_OVER.map(([, name]) => name)).toEqual(HARMLESS);
});

describe('the parts', () => {
  const gateway = Gateway.getInstance();
  const supervisor = AppSupervisor.getInstance();

  it('are there in the version that is installed', () => {
    expect(missingGatewayParts()).toEqual([]);
  });

  it.each<[GatewayPart, object, string]>([
    ['Gateway.registerRequestHandler', Gateway, 'registerRequestHandler'],
    ['Gateway.unregisterRequestHandler', Gateway, 'unregisterRequestHandler'],
    ['Gateway.middlewares', gateway, 'middlewares'],
    ['Gateway.getAppSelectorMiddlewares', gateway, 'getAppSelectorMiddlewares'],
    ['Gateway.getRequestHandleAppName', gateway, 'getRequestHandleAppName'],
    ['AppSupervisor.getAppStatus', supervisor, 'getAppStatus'],
  ])('%s, where it is gone', (part, owner, name) => {
    const own = Object.getOwnPropertyDescriptor(owner, name);
    Object.defineProperty(owner, name, { value: undefined, configurable: true });
    const missing = missingGatewayParts();
    Object.defineProperty(owner, name, own ?? { value: Reflect.get(Object.getPrototypeOf(owner) as object, name) });
    expect(missing).toEqual([part]);
  });

  it('are looked for under every name that is watched', () => {
    expect(Object.keys(WATCHED)).toEqual(Object.keys(GATEWAY_PARTS));
  });

  it('answer as the mount asks them', async () => {
    const front = gatewayFront();
    expect([front.middlewares(), front.selectors()]).toEqual([0, 1]);
    const request = (url: string, headers: object = {}) =>
      ({ url, headers }) as unknown as Parameters<typeof front.appNameOf>[0];
    expect(await front.appNameOf(request('/api/webhooks/x?a=1'))).toBe('main');
    expect(await front.appNameOf(request('/api/webhooks/x?__appName=sub'))).toBe('sub');
    expect(await front.statusOf('main')).not.toBe('running');
  });
});
