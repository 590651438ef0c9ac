import { randomUUID } from 'node:crypto';
import type { Application } from '@nocobase/server';
import type { Middleware } from 'koa';
import { GatewayMount, MAIN_APP } from './gateway';
import { gatewayFront, missingGatewayParts } from './gatewayParts';
import type { Receive } from './receive';
import { withSlashes, type TargetOf } from './target';

/**
 * NocoBase's own middlewares that stand ahead of webhooks in the app, by their names: the first gives each request an id
 * for the logs, the others have nothing to do with what isn't an action of NocoBase's. Anything else that stands there
 * may be meant to: it goes first.
 */
export const HARMLESS: readonly string[] = [
  'generateReqId',
  'getBearerToken',
  'setDataSourceListItemStatus',
  'handleAppendDataSourceCollection',
];

export interface AppMount {
  app: Application;
  /** NocoBase's API base path, such as `/api/`. */
  apiBase: string;
  targetOf: TargetOf;
  receive: Receive;
  /** The mount in the app's own chain, which takes whatever isn't taken in the gateway. */
  inApp: Middleware;
}

/** The one of this process, until it is taken away: one that a load left behind would take calls for what is gone. */
let mounted: GatewayMount | undefined;

/**
 * Mounts the way in ahead of Koa for as long as the main app is started. Where that can't be, the app's log says why, and
 * the mount in the app takes everything.
 * @returns what takes it away; for before the app stops, and to be called as often as one likes
 */
export function mountAtGateway(options: AppMount): () => void {
  const { app } = options;
  if (app.name !== MAIN_APP) {
    return () => undefined;
  }
  app.on('afterStart', () => {
    unmount();
    const obstacle = obstacleTo(options);
    if (obstacle !== null) {
      app.logger.info(`webhooks are not taken ahead of the app: ${obstacle}`);
      return;
    }
    mounted = new GatewayMount({
      ...options,
      front: gatewayFront(),
      onRequest: () => {
        app.context.reqId = randomUUID();
      },
    });
    mounted.open();
  });
  app.on('beforeReload', unmount);
  return unmount;
}

function unmount(): void {
  mounted?.close();
  mounted = undefined;
}

/** Why a request for a webhook has to go through the app, in the words of the log; null: it hasn't. */
function obstacleTo({ app, apiBase, inApp }: AppMount): string | null {
  const missing = missingGatewayParts();
  if (missing.length > 0) {
    return `this version of NocoBase has no ${missing.join(', ')}`;
  }
  const { API_BASE_PATH } = process.env;
  if (API_BASE_PATH === undefined || !withSlashes(apiBase).startsWith(API_BASE_PATH)) {
    return 'the gateway knows another API base path';
  }
  const chain = middlewaresOf(app);
  const place = chain.indexOf(inApp);
  const ahead = chain.slice(0, place).filter(({ name }) => !HARMLESS.includes(name));
  if (place < 0) {
    return 'what is ahead of them in the app cannot be told';
  }
  const names = ahead.map(({ name }) => name || 'one without a name').join(', ');
  return ahead.length === 0 ? null : `middlewares of others stand ahead of them (${names})`;
}

/** In the order in which they are called. NocoBase has them in a sorted list, where Koa's type says an array. */
function middlewaresOf({ middleware }: Application): readonly Middleware[] {
  return (middleware as unknown as { nodes?: Middleware[] }).nodes ?? [];
}
