import { pathWithoutCredentials } from '../credentials/values';
import type { Accepted, Matched, Received } from './types';

/** A caller chooses the path, so what of it goes into NocoBase's log is bounded. */
const MAX_LENGTH = 200;

/** Where a request led, below `webhooks/`, as NocoBase's log may have it: without the credential of who is called there. */
export function reportedPath({
  target,
  endpoint,
  params = {},
  candidates = [],
}: Received & Partial<Accepted & Matched>): string {
  const called = endpoint ? [{ endpoint, params }] : candidates;
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
