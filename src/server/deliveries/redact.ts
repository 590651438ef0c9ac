import type { WebhookAuth } from '../../common/config';
import { REDACTED } from '../../common/deliveries';

/** Headers that are credentials by what HTTP says of them (RFC 9110 section 11, RFC 6265). */
const CREDENTIAL_HEADERS: readonly string[] = ['authorization', 'proxy-authorization', 'cookie'];

/** Headers as they are kept in the log: without credentials. Signatures stay: they open nothing. */
export function redactHeaders<T>(headers: Record<string, T>, auth: WebhookAuth): Record<string, T | string> {
  return redact(headers, [...CREDENTIAL_HEADERS, ...ownCredential(auth, 'header')]);
}

/** The query as it is kept in the log. */
export function redactQuery<T>(query: Record<string, T>, auth: WebhookAuth): Record<string, T | string> {
  return redact(query, ownCredential(auth, 'query'));
}

/** Where the webhook's own credential stands. */
function ownCredential(auth: WebhookAuth, place: 'header' | 'query'): string[] {
  if (auth.type === 'token' && auth.in === place) {
    return [place === 'header' ? auth.name.toLowerCase() : auth.name];
  }
  if (auth.type === 'jwt' && (auth.in ?? 'header') === place) {
    const name = auth.name ?? (place === 'header' ? 'authorization' : 'token');
    return [place === 'header' ? name.toLowerCase() : name];
  }
  return [];
}

function redact<T>(values: Record<string, T>, names: readonly string[]): Record<string, T | string> {
  const found = names.filter((name) => Object.hasOwn(values, name));
  return found.length === 0 ? values : { ...values, ...Object.fromEntries(found.map((name) => [name, REDACTED])) };
}
