import type { Middleware } from 'koa';
import { DELIVERIES_RESOURCE, ENDPOINTS_RESOURCE } from '../../common/deliveriesApi';

/** Where it stands in NocoBase's chain, for `app.use`: what it throws has to be answered, and NocoBase reads after it. */
export const FILTER_CHECK = { tag: 'webhookFilters', after: 'errorHandler', before: 'dataSource' };

/**
 * Answers with 400 where the `filter` of a query is no JSON. NocoBase would pass the action over, and answer as if it
 * had been done. One in the form `filter[status]=failed` is none of its business.
 * @param apiBase NocoBase's API base path, such as `/api/`
 */
export function refuseUnreadableFilters(apiBase: string): Middleware {
  const base = `/${apiBase.replace(/^\/+|\/+$/g, '')}/`.replace('//', '/');
  const prefixes = [DELIVERIES_RESOURCE, ENDPOINTS_RESOURCE].map((resource) => `${base}${resource}`);
  return async (ctx, next) => {
    const ours = prefixes.find((prefix) => ctx.path.startsWith(prefix));
    if (ours !== undefined && /^([:/]|$)/.test(ctx.path.slice(ours.length))) {
      const given = new URLSearchParams(ctx.querystring).getAll('filter');
      if (given.some((text) => !isJson(text))) {
        ctx.throw(400, 'The filter is not JSON.', { code: 'INVALID_FILTER' });
      }
    }
    await next();
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
