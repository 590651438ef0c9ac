import type { WebhookAuth } from '../../common/auth';
import type { WebhookConfig } from '../../common/config';
import { REDACTED } from '../../common/deliveries';
import type { Source } from '../../common/presets';
import { PROVIDERS } from '../../common/providers';
import { schemeOfAuth } from '../../common/schemeOfAuth';
import { namesIn } from './places';
import { withoutCredentials } from './values';

/**
 * Headers in which callers send credentials of their own: those of HTTP (RFC 9110 section 11, RFC 6265), and those in
 * which a service that we know sends its secret as it is, whichever webhook it calls.
 */
const CREDENTIAL_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  ...PROVIDERS.flatMap(({ scheme }) => (scheme?.kind === 'token' ? headersOf([scheme.sig.from].flat()) : [])),
]);

/** The headers, of those that are there, that hold a credential; a signature of this webhook's provider is none. */
export function credentialHeadersIn(headers: Readonly<Record<string, unknown>>, auth: WebhookAuth): string[] {
  const scheme = schemeOfAuth(auth);
  const signatures = scheme && scheme.kind !== 'token' ? headersOf([scheme.sig.from].flat()) : [];
  return Object.keys(headers).filter((name) => CREDENTIAL_HEADERS.has(name) && !signatures.includes(name));
}

function headersOf(sources: readonly Source[]): string[] {
  return sources.filter((source) => source.startsWith('header:')).map((source) => source.slice('header:'.length));
}

/**
 * Headers (lower-case names) as the workflow sees them. An execution keeps its context and shows it, so the webhook's
 * own credential reads `[redacted]`, and every other one is left out unless the webhook asks for it.
 */
export function headersForWorkflow<T>(
  headers: Record<string, T>,
  { auth, headers: { credentials } }: Pick<WebhookConfig, 'auth' | 'headers'>,
): Record<string, T | string> {
  const own = namesIn('header', auth);
  // One that reads so already comes out of the log: what it was isn't known any more.
  const leftOut = credentialHeadersIn(headers, auth).filter(
    (name) => !own.includes(name) && (!credentials || headers[name] === REDACTED),
  );
  const kept = withoutCredentials(headers, 'header', auth);
  return leftOut.length === 0
    ? kept
    : Object.fromEntries(Object.entries(kept).filter(([name]) => !leftOut.includes(name)));
}
