import type { Middleware } from 'koa';
import { REDACTED } from '../../common/deliveries';
import { decodeSegment } from '../../common/path';
import { isPlainParameter, leadsToTelling } from './parameters';

/** Webhooks are ahead of it: what their callers send is read as it came. */
export const HIDDEN_QUERY = 'webhookHiddenQuery';

/** Where the two stand in NocoBase's chain, for `app.use`: around its logger, which writes down the URL twice. */
export const AROUND_LOGGER = {
  outside: { tag: HIDDEN_QUERY, after: 'generateReqId', before: 'logger' },
  inside: { tag: 'webhookShownQuery', after: 'logger', before: 'bodyParser' },
};

/** Parameters that settings may stand in: NocoBase takes an action's values from the query as well as from the body. */
const HIDDEN = /(?:^|[.[\]])(?:values|config|auth)(?:$|[.[\]])/i;

/** Texts that settings with secrets may stand in, as a filter. */
const TELLING = /\b(?:auth|secrets|passwords)\b/i;

/**
 * Two middlewares that keep settings in a query out of the log: what the one hides, the other shows again to all that
 * comes behind the logger.
 */
export function hideQueryFromLog(): { outside: Middleware; inside: Middleware } {
  const urls = new WeakMap<object, string>();
  return {
    outside: async (ctx, next) => {
      const query = ctx.querystring === '' ? null : loggableQuery(ctx.querystring, pathOf(ctx.url));
      if (query === null) {
        await next();
        return;
      }
      const { url } = ctx;
      urls.set(ctx.req, url);
      try {
        await withUrl(ctx, `${url.slice(0, url.indexOf('?') + 1)}${query}`, next);
      } finally {
        urls.delete(ctx.req);
      }
    },
    inside: async (ctx, next) => {
      const url = urls.get(ctx.req);
      await (url === undefined ? next() : withUrl(ctx, url, next));
    },
  };
}

async function withUrl(ctx: { url: string }, url: string, next: () => Promise<unknown>): Promise<void> {
  const before = ctx.url;
  ctx.url = url;
  try {
    await next();
  } finally {
    ctx.url = before;
  }
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '';
}

/**
 * A query without the values of what settings may stand in, and to where requests or settings are given, without what
 * isn't known to be harmless; null: there is nothing of that kind.
 */
export function loggableQuery(query: string, path: string): string | null {
  const isTelling = leadsToTelling(path);
  const pairs = query.split('&');
  const kept = pairs.map((pair) => {
    const equals = pair.indexOf('=');
    const name = equals < 0 ? pair : pair.slice(0, equals);
    const value = equals < 0 ? '' : pair.slice(equals + 1);
    return isHidden(name, value, isTelling) ? `${name}=${REDACTED}` : pair;
  });
  return kept.some((pair, index) => pair !== pairs[index]) ? kept.join('&') : null;
}

/** What can't be decoded is read by whoever can: it isn't shown. */
function isHidden(name: string, value: string, isTelling: boolean): boolean {
  const [readName, readValue] = [name, value].map((text) => decodeSegment(text.replaceAll('+', ' ')));
  return (
    typeof readName !== 'string' ||
    typeof readValue !== 'string' ||
    HIDDEN.test(readName) ||
    TELLING.test(readValue) ||
    (isTelling && readName !== '' && !isPlainParameter(readName))
  );
}
