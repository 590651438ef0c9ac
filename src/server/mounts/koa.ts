import type { Context, Middleware } from 'koa';
import type { Receive } from './receive';
import type { TargetOf } from './target';

/**
 * The mount in an app's own chain: takes the requests that are for a webhook, and lets everything else pass untouched.
 * It stands ahead of NocoBase's body parser and error handler.
 */
export function webhookMiddleware(targetOf: TargetOf, receive: Receive): Middleware {
  return async (ctx, next) => {
    const target = targetOf(ctx.path);
    if (!target) {
      return next();
    }
    ctx.respond = false;
    await receive(ctx.req, ctx.res, { target, ...urlOf(ctx) });
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
