import type { Context, Next } from '@nocobase/actions';
import type { Middleware } from 'koa';
import { CAPTURED_SECRETS } from '../../common/capturedSecrets';
import { DELIVERIES_RESOURCE, ENDPOINTS_RESOURCE } from '../../common/deliveriesApi';
import { decodeSegment, normalizePath } from '../../common/path';
import { isRecord } from '../../common/rules';
import { SETTINGS_RESOURCE } from '../../common/settings';
import { STATS_RESOURCE } from '../../common/stats';
import { parseBounded } from '../boundedJson';

/** Where it stands in NocoBase's chain, for `app.use`: what it throws has to be answered, and NocoBase reads after it. */
export const READABLE_CHECK = { tag: 'webhookParameters', after: 'errorHandler', before: 'dataSource' };

const OURS: readonly string[] = [
  DELIVERIES_RESOURCE,
  ENDPOINTS_RESOURCE,
  CAPTURED_SECRETS,
  SETTINGS_RESOURCE,
  STATS_RESOURCE,
];

/** The actions that a filter says something to; any other would pass it over, as if it meant all. */
const FILTERED: readonly string[] = ['list', 'replayMany', 'eraseMany'].map(
  (action) => `${DELIVERIES_RESOURCE}:${action}`,
);

/** Names that NocoBase takes out of what it reads, and with them the conditions that they were to be. */
const DROPPED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Fields in a form that NocoBase leaves out: an object of them. */
const NO_LIST = /^fields\[(?!\d*\]$)/;

/** The requests whose action was reached. */
const reached = new WeakSet<object>();

/** What is wrong with a parameter: said only to who may do what is asked for. */
interface Problem {
  /** The parameters that can't be read, by how their names begin. */
  name: string;
  message: string;
  code: string;
}
const problems = new WeakMap<object, Problem>();

/**
 * Answers with 400 where the path or the query of a call of our API can't be read, or its `filter` is no JSON object.
 * NocoBase would pass the action over and answer as if it had been done, or take the filter for one that leaves nothing
 * out. One in the form `filter[status]=failed` is none of its business.
 * @param apiBase NocoBase's API base path, such as `/api/`
 */
export function refuseUnreadable(apiBase: string): Middleware {
  const base = `/${normalizePath(apiBase)}/`.replace('//', '/');
  const prefixes = OURS.map((resource) => `${base}${resource}`);
  return async (ctx, next) => {
    // NocoBase looks for the resource in the decoded path.
    const path = decodeSegment(ctx.path);
    const asked = path ?? ctx.path;
    const prefix = prefixes.find((each) => asked.startsWith(each));
    if (prefix !== undefined && /^([:/]|$)/.test(asked.slice(prefix.length))) {
      if (path === null || decodeSegment(ctx.querystring) === null) {
        ctx.throw(400, 'The URL is not encoded as URLs are.');
      }
      const problem = problemOf(new URLSearchParams(ctx.querystring));
      if (problem) {
        await withoutParameter(ctx, problem, next);
        ctx.throw(400, problem.message, { code: problem.code });
      }
    }
    await next();
    // Whatever else it was that NocoBase could not read.
    const { action } = ctx as { action?: Context['action'] };
    if (action && OURS.includes(action.resourceName) && !reached.has(ctx.req)) {
      ctx.throw(400, 'The request can not be read.');
    }
  };
}

function problemOf(query: URLSearchParams): Problem | null {
  if (!query.getAll('filter').every(isFilter)) {
    return { name: 'filter', message: 'The filter is not a JSON object.', code: 'INVALID_FILTER' };
  }
  return [...query.keys()].some((name) => NO_LIST.test(name))
    ? { name: 'fields', message: 'Fields are a list of names.', code: 'INVALID_FIELDS' }
    : null;
}

/** Lets NocoBase see who asks, and for what, without what it can't read; {@link refuseUnusedFilter} goes no further. */
async function withoutParameter(ctx: Parameters<Middleware>[0], problem: Problem, next: Next): Promise<void> {
  const { url } = ctx;
  const query = new URLSearchParams(ctx.querystring);
  for (const name of [...query.keys()].filter((each) => each.startsWith(problem.name))) {
    query.delete(name);
  }
  problems.set(ctx.req, problem);
  ctx.querystring = query.toString();
  try {
    await next();
  } finally {
    ctx.url = url;
  }
}

/** Where it stands among the middlewares of actions: what it says is for who may ask. */
export const PERMITTED = { after: 'acl' };

/** Notes that an action of ours was reached, and answers with 400 where it is given a filter that it doesn't take. */
export async function refuseUnusedFilter(ctx: Context, next: Next): Promise<void> {
  const { resourceName, actionName, params } = ctx.action;
  if (OURS.includes(resourceName)) {
    // Called by code, it comes from no request.
    const problem = ctx.req && problems.get(ctx.req);
    if (problem) {
      ctx.throw(400, problem.message, { code: problem.code });
    }
    if (ctx.req) {
      reached.add(ctx.req);
    }
    if (params.filter !== undefined && !FILTERED.includes(`${resourceName}:${actionName}`)) {
      ctx.throw(400, 'This action takes no filter.', { code: 'INVALID_FILTER' });
    }
  }
  await next();
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
