import { tokenSources, type JwtAuth, type WebhookAuth } from '../common/auth';
import type { WebhookConfig } from '../common/config';
import { REDACTED } from '../common/deliveries';
import type { SignatureScheme, Source } from '../common/presets';
import { findProvider, PROVIDERS } from '../common/providers';
import type { Provider } from '../common/providers/provider';
import type { PathSegment } from '../common/path';
import { isRecord } from '../common/rules';
import { schemeOfAuth } from '../common/schemeOfAuth';
import { parseBounded } from './boundedJson';
import { formPath } from './parsers/fields/formPath';

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

/** A parsed body without the webhook's own credential; the same value where it holds none. */
export function dataWithoutCredentials(data: unknown, auth: WebhookAuth): unknown {
  const inJson = namesIn('json', auth).reduce((value, path) => redactAt(value, path.split('.')), data);
  const inForm = namesIn('form', auth).reduce((value, name) => redactField(redactAt(value, [name]), name), inJson);
  return namesIn('xml', auth).reduce(redactBelowRoot, inForm);
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

type Place = 'header' | 'query' | 'path' | 'json' | 'form' | 'xml';

/** By the settings of a webhook that is enabled: every request asks several times, and they never change. */
const NAMES = new WeakMap<WebhookAuth, Readonly<Record<Place, readonly string[]>>>();

function namesIn(place: Place, auth: WebhookAuth): readonly string[] {
  let names = NAMES.get(auth);
  if (!names) {
    const places = credentialPlaces(auth);
    const below = (kind: Place) =>
      places.filter((source) => source.startsWith(`${kind}:`)).map((source) => source.slice(kind.length + 1));
    names = {
      header: below('header').map((name) => name.toLowerCase()),
      query: below('query'),
      path: below('path'),
      json: below('json'),
      form: below('form'),
      xml: below('xml'),
    };
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

/** The field of a form as it is nested by its name. */
function redactField(data: unknown, name: string): unknown {
  const path = formPath(name);
  return path.length > 1 ? redactNested(data, path) : data;
}

/** A name may stand for an item of a list, or go into all of them. */
function redactNested(value: unknown, path: readonly string[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined) {
    return REDACTED;
  }
  if (Array.isArray(value)) {
    const isItem = Object.hasOwn(value, step);
    return value.map((item, index) =>
      isItem
        ? step === String(index)
          ? redactNested(item, rest)
          : item
        : redactNested(item, step === '' ? rest : path),
    );
  }
  return isRecord(value) && Object.hasOwn(value, step) ? { ...value, [step]: redactNested(value[step], rest) } : value;
}

/** An element right below the root of an XML document, as the parser has it. */
function redactBelowRoot(data: unknown, element: string): unknown {
  const key = element.replaceAll(':', '_');
  const [root, ...others] = isRecord(data) ? Object.keys(data) : [];
  const fields = isRecord(data) && root !== undefined && others.length === 0 ? data[root] : null;
  if (root === undefined || !isRecord(fields) || !Object.hasOwn(fields, key)) {
    return data;
  }
  const old = fields[key];
  return { [root]: { ...fields, [key]: Array.isArray(old) ? old.map(() => REDACTED) : REDACTED } };
}
