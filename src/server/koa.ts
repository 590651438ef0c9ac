import type { Context, Middleware } from 'koa';
import { ALIAS_SEGMENT, WEBHOOKS_SEGMENT } from '../common/plugin';
import type { Budget } from './net/Budget';
import { newDeliveryId } from './deliveries/ids';
import { clientAddress, clientOrigin, type Trust } from './net/clientAddress';
import { receivedHeaders } from './net/receivedHeaders';
import { sendAnswer } from './net/sendAnswer';
import { handle } from './pipeline';
import type { Received, Services, WebhookTarget } from './pipeline/types';

/**
 * The one place that knows Koa: picks out the requests that are for a webhook and takes them, answer and
 * all. It stands ahead of NocoBase's body parser and error handler, and lets everything else pass untouched.
 * @param apiBase NocoBase's API base path, such as `/api`
 */
export function webhookMiddleware(apiBase: string, trust: Trust, budget: Budget, services: Services): Middleware {
  const base = `/${apiBase.replace(/^\/+|\/+$/g, '')}/`.replace('//', '/');
  return async (ctx, next) => {
    const target = webhookTarget(ctx.path, base);
    if (!target) {
      return next();
    }
    const answer = await handle(receive(ctx, target, trust, budget), services);
    ctx.respond = false;
    sendAnswer(ctx.req, ctx.res, answer);
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

function receive(ctx: Context, target: WebhookTarget, trust: Trust, budget: Budget): Received {
  const { path, search } = urlOf(ctx);
  return {
    deliveryId: newDeliveryId(),
    receivedAt: new Date(),
    method: ctx.method,
    target,
    path,
    search,
    // Few ask for it.
    get origin() {
      return clientOrigin(ctx.req, trust);
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
