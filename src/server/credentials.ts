import { tokenSources, type JwtAuth, type WebhookAuth } from '../common/auth';
import type { WebhookConfig } from '../common/config';
import { REDACTED } from '../common/deliveries';
import type { SignatureScheme, Source } from '../common/presets';
import { findProvider, PROVIDERS } from '../common/providers';
import type { Provider } from '../common/providers/provider';
import { isRecord } from '../common/rules';
import { schemeOfAuth } from '../common/schemeOfAuth';
import { parseBounded } from './boundedJson';

/** Where providers with code of their own repeat one of their settings in every call. */
const CODE_PLACES: Readonly<Record<string, readonly Source[]>> = {
  feishu: ['json:token', 'json:header.token'],
};

/**
 * Where a request carries the webhook's own credential, or one that the provider hands over. It has done its work
 * once the sender is verified: whatever is kept or shown after that goes without it. A signature is none.
 */
export function credentialPlaces(auth: WebhookAuth): readonly Source[] {
  switch (auth.type) {
    case 'basic':
      return ['header:authorization'];
    case 'token':
      return tokenSources(auth);
    case 'jwt':
      return [tokenPlace(auth)];
    case 'provider':
      return providerPlaces(findProvider(auth.provider));
    case 'signature': {
      const scheme = schemeOfAuth(auth);
      return scheme ? schemePlaces(scheme, []) : [];
    }
    case 'none':
    case 'mtls':
      return [];
  }
}

function tokenPlace(jwt: Pick<JwtAuth, 'in' | 'name'>): Source {
  return `${jwt.in ?? 'header'}:${jwt.name || (jwt.in === 'query' ? 'token' : 'authorization')}`;
}

function providerPlaces(provider: Provider | undefined): readonly Source[] {
  const { scheme, jwt, basic } = provider ?? {};
  if (basic) {
    return ['header:authorization'];
  }
  if (jwt) {
    return [tokenPlace(jwt)];
  }
  if (!provider || !scheme) {
    return CODE_PLACES[provider?.id ?? ''] ?? [];
  }
  const secretOptions = (provider.options ?? []).filter(({ secret }) => secret).map(({ name }) => `config:${name}`);
  return schemePlaces(scheme, secretOptions);
}

function schemePlaces(scheme: SignatureScheme, secretOptions: readonly string[]): readonly Source[] {
  const shown = (scheme.handshake ?? []).flatMap(({ auth, capture }) => [
    ...(typeof auth === 'object' && secretOptions.includes(auth.equals) ? [auth.from] : []),
    ...(capture ? [capture.secret] : []),
  ]);
  return [...(scheme.kind === 'token' ? [scheme.sig.from].flat() : []), ...shown];
}

/** Headers (lower-case names) or query without the webhook's own credential. */
export function withoutCredentials<T>(
  values: Record<string, T>,
  place: 'header' | 'query',
  auth: WebhookAuth,
): Record<string, T | string> {
  const found = namesIn(place, auth).filter((name) => Object.hasOwn(values, name));
  return found.length === 0 ? values : { ...values, ...Object.fromEntries(found.map((name) => [name, REDACTED])) };
}

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

/** A parsed body without the webhook's own credential; the same value where it holds none. */
export function dataWithoutCredentials(data: unknown, auth: WebhookAuth): unknown {
  const redacted = namesIn('json', auth).reduce((value, path) => redactAt(value, path.split('.')), data);
  return namesIn('form', auth).reduce((value, name) => redactAt(value, [name]), redacted);
}

/** A received body without the webhook's own credential: JSON written anew where it holds one, else the same bytes. */
export function bodyWithoutCredentials(body: Buffer, auth: WebhookAuth): Buffer {
  if (namesIn('json', auth).length === 0) {
    return body;
  }
  try {
    const data: unknown = parseBounded(body.toString('utf8'));
    const redacted = dataWithoutCredentials(data, auth);
    return redacted === data ? body : Buffer.from(JSON.stringify(redacted));
  } catch {
    return body;
  }
}

type Place = 'header' | 'query' | 'json' | 'form';

/** By the settings of a webhook that is enabled: every request asks several times, and they never change. */
const NAMES = new WeakMap<WebhookAuth, Readonly<Record<Place, readonly string[]>>>();

function namesIn(place: Place, auth: WebhookAuth): readonly string[] {
  let names = NAMES.get(auth);
  if (!names) {
    const places = credentialPlaces(auth);
    const below = (kind: Place) =>
      places.filter((source) => source.startsWith(`${kind}:`)).map((source) => source.slice(kind.length + 1));
    const header = below('header').map((name) => name.toLowerCase());
    names = { header, query: below('query'), json: below('json'), form: below('form') };
    NAMES.set(auth, names);
  }
  return names[place];
}

/** Follows `a.b` and `a[].b` as a scheme's sources are followed. */
function redactAt(value: unknown, path: readonly string[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined) {
    return REDACTED;
  }
  const isList = step.endsWith('[]');
  const key = isList ? step.slice(0, -2) : step;
  if (isList && key === '') {
    return redactItems(value, rest);
  }
  if (!isRecord(value) || !Object.hasOwn(value, key)) {
    return value;
  }
  const old = value[key];
  const next = isList ? redactItems(old, rest) : redactAt(old, rest);
  return next === old ? value : { ...value, [key]: next };
}

function redactItems(list: unknown, path: readonly string[]): unknown {
  if (!Array.isArray(list)) {
    return list;
  }
  const redacted = list.map((item) => redactAt(item, path));
  return redacted.some((item, index) => item !== list[index]) ? redacted : list;
}
