import { tokenSources, type JwtAuth, type WebhookAuth } from '../../common/auth';
import type { SignatureScheme, Source } from '../../common/presets';
import { findProvider } from '../../common/providers';
import type { Provider } from '../../common/providers/provider';
import { schemeOfAuth } from '../../common/schemeOfAuth';

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
      return jwtPlaces(auth);
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

/** Of a token in the body nothing is kept but what it says. */
function jwtPlaces({ in: place = 'header', name }: Pick<JwtAuth, 'in' | 'name'>): readonly Source[] {
  return place === 'body' ? [] : [`${place}:${name || (place === 'query' ? 'token' : 'authorization')}`];
}

function providerPlaces(provider: Provider | undefined): readonly Source[] {
  const { scheme, jwt, basic } = provider ?? {};
  if (basic) {
    return ['header:authorization'];
  }
  if (jwt) {
    return jwtPlaces(jwt);
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

type Place = 'header' | 'query' | 'path' | 'json' | 'form' | 'xml';

/** By the settings of a webhook that is enabled: every request asks several times, and they never change. */
const NAMES = new WeakMap<WebhookAuth, Readonly<Record<Place, readonly string[]>>>();

/** Names of the places of one kind, lower-case where they are headers'. */
export function namesIn(place: Place, auth: WebhookAuth): readonly string[] {
  let names = NAMES.get(auth);
  if (!names) {
    const places = credentialPlaces(auth);
    const below = (kind: Place | 'form-json') =>
      places.filter((source) => source.startsWith(`${kind}:`)).map((source) => source.slice(kind.length + 1));
    names = {
      header: below('header').map((name) => name.toLowerCase()),
      query: below('query'),
      path: below('path'),
      json: [...below('json'), ...below('form-json')],
      form: below('form'),
      xml: below('xml'),
    };
    NAMES.set(auth, names);
  }
  return names[place];
}
