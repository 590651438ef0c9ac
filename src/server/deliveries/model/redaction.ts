import type { WebhookAuth } from '../../../common/auth';
import { REDACTED } from '../../../common/deliveries';
import { credentialHeadersIn } from '../../credentials/headers';
import { withoutCredentials } from '../../credentials/values';

/** Headers as they are kept in the log: without credentials. Signatures stay: they open nothing. */
export function redactHeaders<T>(headers: Record<string, T>, auth: WebhookAuth): Record<string, T | string> {
  const kept = withoutCredentials(headers, 'header', auth);
  const found = credentialHeadersIn(headers, auth);
  return found.length === 0 ? kept : { ...kept, ...Object.fromEntries(found.map((name) => [name, REDACTED])) };
}

/** The query as it is kept in the log. */
export function redactQuery<T>(query: Record<string, T>, auth: WebhookAuth): Record<string, T | string> {
  return withoutCredentials(query, 'query', auth);
}
