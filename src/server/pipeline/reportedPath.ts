import { pathWithoutCredentials } from '../credentials/values';
import { REDACTED } from '../../common/deliveries';
import { decodeSegment } from '../../common/path';
import type { RouteTable } from '../endpoints/RouteTable';
import type { Accepted, Matched, Received } from './types';

/** A caller chooses the path, so what of it goes into NocoBase's log is bounded. */
const MAX_LENGTH = 200;

/**
 * Where a request led, below `webhooks/`, as NocoBase's log may have it: without the credential of who is called there. Of
 * what leads to no webhook, any part may be the token of one that was switched off: only what a webhook's path says itself
 * is shown.
 */
export function reportedPath(
  { target, endpoint, params = {}, candidates = [] }: Received & Partial<Accepted & Matched>,
  routes: Pick<RouteTable, 'isLiteral'>,
): string {
  const called = endpoint ? [{ endpoint, params }] : candidates;
  if (called.length === 0) {
    return withoutUnknown(target.path, routes).slice(0, MAX_LENGTH);
  }
  return called
    .reduce(
      (path, found) =>
        pathWithoutCredentials(path, found.params, {
          segments: found.endpoint.segments,
          auth: found.endpoint.config.auth,
        }),
      target.path,
    )
    .slice(0, MAX_LENGTH);
}

function withoutUnknown(path: string, routes: Pick<RouteTable, 'isLiteral'>): string {
  return path
    .slice(0, MAX_LENGTH)
    .split('/')
    .map((part) => (part === '' || routes.isLiteral(decodeSegment(part) ?? part) ? part : REDACTED))
    .join('/');
}
