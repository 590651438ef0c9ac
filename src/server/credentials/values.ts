import type { WebhookAuth } from '../../common/auth';
import { REDACTED } from '../../common/deliveries';
import type { PathSegment } from '../../common/path';
import { namesIn } from './places';

/** Headers (lower-case names), query or parameters of the path without the webhook's own credential. */
export function withoutCredentials<T>(
  values: Record<string, T>,
  place: 'header' | 'query' | 'path',
  auth: WebhookAuth,
): Record<string, T | string> {
  const found = namesIn(place, auth).filter((name) => Object.hasOwn(values, name));
  return found.length === 0 ? values : { ...values, ...Object.fromEntries(found.map((name) => [name, REDACTED])) };
}

/**
 * A path, percent-encoded, that leads to this webhook, without its own credential.
 * @param path as received, whatever stands before the webhook's own
 * @param params what its parameters came to; none: it was called by its key
 */
export function pathWithoutCredentials(
  path: string,
  params: Readonly<Record<string, unknown>>,
  { segments, auth }: { segments: readonly PathSegment[]; auth: WebhookAuth },
): string {
  const names = namesIn('path', auth).filter((name) => Object.hasOwn(params, name));
  if (names.length === 0) {
    return path;
  }
  const end = path.endsWith('/') ? '/' : '';
  const parts = path.slice(0, path.length - end.length).split('/');
  const start = parts.length - segments.length;
  const kept = parts.map((part, index) => {
    const segment = segments[index - start];
    return segment && 'param' in segment && names.includes(segment.param) ? REDACTED : part;
  });
  return kept.join('/') + end;
}
