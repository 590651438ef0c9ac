import type { Middleware } from 'koa';
import { DELIVERIES_RESOURCE, ENDPOINTS_RESOURCE } from '../../common/deliveriesApi';
import { decodeSegment } from '../../common/path';
import { isRecord } from '../../common/rules';
import { parseBounded } from '../boundedJson';

/** Where it stands in NocoBase's chain, for `app.use`: what it throws has to be answered, and NocoBase reads after it. */
export const FILTER_CHECK = { tag: 'webhookFilters', after: 'errorHandler', before: 'dataSource' };

/** Names that NocoBase takes out of what it reads, and with them the conditions that they were to be. */
const DROPPED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Answers with 400 where the `filter` of a query is no JSON object. NocoBase would pass the action over, as if it had
 * been done, or take the filter for one that leaves nothing out. One in the form `filter[status]=failed` is none of its
 * business.
 * @param apiBase NocoBase's API base path, such as `/api/`
 */
export function refuseUnreadableFilters(apiBase: string): Middleware {
  const base = `/${apiBase.replace(/^\/+|\/+$/g, '')}/`.replace('//', '/');
  const prefixes = [DELIVERIES_RESOURCE, ENDPOINTS_RESOURCE].map((resource) => `${base}${resource}`);
  return async (ctx, next) => {
    // NocoBase looks for the resource in the decoded path.
    const path = decodeSegment(ctx.path) ?? ctx.path;
    const ours = prefixes.find((prefix) => path.startsWith(prefix));
    if (ours !== undefined && /^([:/]|$)/.test(path.slice(ours.length))) {
      const given = new URLSearchParams(ctx.querystring).getAll('filter');
      if (!given.every(isFilter)) {
        ctx.throw(400, 'The filter is not a JSON object.', { code: 'INVALID_FILTER' });
      }
    }
    await next();
  };
}

function isFilter(text: string): boolean {
  try {
    return isRecord(parseBounded(text)) && namesOf(text).every((name) => !DROPPED.has(name));
  } catch {
    return false;
  }
}

function namesOf(json: string): string[] {
  const names: string[] = [];
  JSON.parse(json, (name, value: unknown) => {
    names.push(name);
    return value;
  });
  return names;
}
