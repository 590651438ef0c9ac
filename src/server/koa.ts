import type { Context, Middleware } from 'koa';
import { normalizePath } from '../common/path';
import { ALIAS_SEGMENT, WEBHOOKS_SEGMENT } from '../common/plugin';
import { newDeliveryId } from './deliveries/model/ids';
import { clientAddress, clientOrigin } from './net/clientAddress';
import { receivedHeaders } from './net/receivedHeaders';
import { sendAnswer } from './net/sendAnswer';
import { handle } from './pipeline';
import type { Services } from './pipeline/stage';
import type { Received, WebhookTarget } from './pipeline/types';
import type { Network } from './setUpNetwork';

/** What is asked about a request as it comes in. */
export interface Entrance extends Pick<Network, 'proxies' | 'publicUrl' | 'budget' | 'unsent'> {
  /** Whether a request that looks like one for a webhook is for somebody else. */
  isForOthers(target: WebhookTarget): boolean;
}

/**
 * The one place that knows Koa: picks out the requests that are for a webhook and takes them, answer and
 * all. It stands ahead of NocoBase's body parser and error handler, and lets everything else pass untouched.
 * @param apiBase NocoBase's API base path, such as `/api`
 */
export function webhookMiddleware(apiBase: string, entrance: Entrance, services: Services): Middleware {
  const base = `/${normalizePath(apiBase)}/`.replace('//', '/');
  return async (ctx, next) => {
    const target = webhookTarget(ctx.path, base);
    if (!target || entrance.isForOthers(target)) {
      return next();
    }
    const answer = await handle(receive(ctx, target, entrance), services);
    ctx.respond = false;
    sendAnswer(ctx.req, ctx.res, answer, entrance.unsent);
  };
}

/** Where a request path leads among the webhooks; null: it isn't for us. */
function webhookTarget(path: string, base: string): WebhookTarget | null {
  for (const [prefix, keyOnly] of [
    [`${base}${WEBHOOKS_SEGMENT}/`, false],
    [`${base}${ALIAS_SEGMENT}/`, true],
  ] as const) {
    if (path.startsWith(prefix)) {
      return { path: path.slice(prefix.length), keyOnly };
    }
  }
  return null;
}

function receive(ctx: Context, target: WebhookTarget, { proxies, publicUrl, budget }: Entrance): Received {
  const { trust } = proxies;
  const { path, search } = urlOf(ctx);
  return {
    deliveryId: newDeliveryId(),
    receivedAt: new Date(),
    method: ctx.method,
    target,
    path,
    search,
    // Who is refused before it is asked for costs nothing by it.
    get url() {
      return publicUrl.urlOf(search === '' ? path : `${path}?${search}`, () => clientOrigin(ctx.req, trust));
    },
    headers: receivedHeaders(ctx.req),
    ip: clientAddress(ctx.req, trust),
    viaTrustedProxy: trust(ctx.req.socket.remoteAddress ?? '', 0),
    lease: budget.lease(),
    stream: ctx.req,
  };
}

/** As the caller asked for it: of a sub-app's URL, NocoBase takes `__app/<name>` out, and keeps the original here. */
function urlOf({ req, path, querystring }: Context): { path: string; search: string } {
  if (!('originalUrl' in req) || typeof req.originalUrl !== 'string') {
    return { path, search: querystring };
  }
  const [original = '', ...search] = req.originalUrl.split('?');
  return { path: original, search: search.join('?') };
}
