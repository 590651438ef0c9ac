import { randomUUID } from 'node:crypto';
import type { Context, Middleware } from 'koa';
import { BODILESS_STATUSES } from '../common/httpFields';
import { ALIAS_SEGMENT, WEBHOOKS_SEGMENT } from '../common/plugin';
import { clientAddress, clientOrigin, type Trust } from './net/clientAddress';
import { handle } from './pipeline';
import type { Answer, Received, Services, WebhookTarget } from './pipeline/types';

/**
 * The one place that knows Koa: picks out the requests that are for a webhook and takes them, answer and
 * all. It stands ahead of NocoBase's body parser and error handler, and lets everything else pass untouched.
 * @param apiBase NocoBase's API base path, such as `/api`
 */
export function webhookMiddleware(apiBase: string, trust: Trust, services: Services): Middleware {
  const base = `/${apiBase.replace(/^\/+|\/+$/g, '')}/`.replace('//', '/');
  return async (ctx, next) => {
    const target = webhookTarget(ctx.path, base);
    if (!target) {
      return next();
    }
    send(ctx, await handle(receive(ctx, target, trust), services));
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

function receive(ctx: Context, target: WebhookTarget, trust: Trust): Received {
  return {
    deliveryId: randomUUID(),
    receivedAt: new Date(),
    method: ctx.method,
    target,
    path: ctx.path,
    search: ctx.querystring,
    origin: clientOrigin(ctx.req, trust),
    headers: ctx.req.headers,
    ip: clientAddress(ctx.req, trust),
    stream: ctx.req,
  };
}

/** Writes the answer to Node's response itself: Koa would turn an empty body into a 204. */
function send(ctx: Context, { status, headers, body }: Answer): void {
  const { res } = ctx;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  ctx.respond = false;
  res.statusCode = status;
  for (const [name, value] of Object.entries(headers)) {
    res.setHeader(name, value);
  }
  if (!BODILESS_STATUSES.includes(status)) {
    res.setHeader('content-length', bytes.length);
  }
  res.end(ctx.method === 'HEAD' || BODILESS_STATUSES.includes(status) ? undefined : bytes);
}
