import qs from 'qs';
import { WebhookError } from '../../common/errors';

/** Bounds on what a form or a query may hold: enough for real ones, little enough to be read quickly. */
const LIMITS = { depth: 10, parameterLimit: 2000, arrayLimit: 200 };

/** Parses a form-urlencoded body; nested names (`a[b]=1`) as `qs` does. Throws `BODY_MALFORMED` past the bounds. */
export function parseForm(text: string): Record<string, unknown> {
  return parsePairs(text, 'form');
}

/** Parses a query string without its question mark; the same rules as for a form. */
export function parseQuery(search: string): Record<string, unknown> {
  return search === '' ? {} : parsePairs(search, 'query');
}

function parsePairs(text: string, what: string): Record<string, unknown> {
  try {
    return qs.parse(text, { ...LIMITS, strictDepth: true, throwOnLimitExceeded: true });
  } catch (cause) {
    throw new WebhookError('BODY_MALFORMED', { reason: `the ${what} has too many or too deep names`, cause });
  }
}
