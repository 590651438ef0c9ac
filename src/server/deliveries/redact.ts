import type { WebhookAuth } from '../../common/auth';
import { REDACTED } from '../../common/deliveries';
import { withoutCredentials } from '../credentials';

/** Headers that are credentials by what HTTP says of them (RFC 9110 section 11, RFC 6265). */
const CREDENTIAL_HEADERS: readonly string[] = ['authorization', 'proxy-authorization', 'cookie'];

/** Headers as they are kept in the log: without credentials. Signatures stay: they open nothing. */
export function redactHeaders<T>(headers: Record<string, T>, auth: WebhookAuth): Record<string, T | string> {
  const kept = withoutCredentials(headers, 'header', auth);
  const found = CREDENTIAL_HEADERS.filter((name) => Object.hasOwn(headers, name));
  return found.length === 0 ? kept : { ...kept, ...Object.fromEntries(found.map((name) => [name, REDACTED])) };
}

/** The query as it is kept in the log. */
export function redactQuery<T>(query: Record<string, T>, auth: WebhookAuth): Record<string, T | string> {
  return withoutCredentials(query, 'query', auth);
}
