import type { JwtAuth, TokenAuth, WebhookAuth } from '../../../common/auth';
import type { SignatureScheme } from '../../../common/presets';
import { findProvider } from '../../../common/providers';
import { schemeOfAuth } from '../../../common/schemeOfAuth';
import type { OpenApiPart } from './schemaResource';

/** How a caller proves who it is, without a secret in it: a security scheme, or words where OpenAPI has none for it. */
export type Security = { scheme: OpenApiPart } | { words: string } | null;

/** What a webhook's verification asks of its callers; null: nothing. */
export function securityOf(auth: WebhookAuth): Security {
  switch (auth.type) {
    case 'none':
      return null;
    case 'basic':
      return { scheme: { type: 'http', scheme: 'basic' } };
    case 'token':
      return ofToken(auth);
    case 'jwt':
      return ofJwt(auth);
    case 'mtls':
      return { scheme: { type: 'mutualTLS', description: 'A client certificate that this server lets in.' } };
    case 'provider': {
      const provider = findProvider(auth.provider);
      const how = `As ${provider?.title ?? auth.provider} proves its calls: ${provider?.docs ?? ''}`;
      if (provider?.basic) {
        return { scheme: { type: 'http', scheme: 'basic', description: how } };
      }
      return provider?.scheme ? ofSignature(provider.scheme, how) : { words: how };
    }
    case 'signature': {
      const scheme = schemeOfAuth(auth);
      return scheme && ofSignature(scheme, howSigned(scheme));
    }
  }
}

function ofToken({ in: place, name, scheme }: TokenAuth): Security {
  if (place === 'body') {
    return { words: `A shared token in the body, as \`${name}\`.` };
  }
  if (place === 'header' && isAuthorization(name) && scheme) {
    return { scheme: { type: 'http', scheme: scheme.toLowerCase() } };
  }
  return {
    scheme: {
      type: 'apiKey',
      in: place,
      name,
      description: scheme ? `A shared token, after the word \`${scheme}\` and a space.` : 'A shared token.',
    },
  };
}

function ofJwt({ in: place = 'header', name, scheme, algorithms }: JwtAuth): Security {
  const description = `A JSON Web Token, signed with ${algorithms.join(' or ')}.`;
  if (place === 'body') {
    return { words: `${description} It is ${name ? `in the body, as \`${name}\`` : 'the body'}.` };
  }
  if (place === 'header' && isAuthorization(name)) {
    return { scheme: { type: 'http', scheme: (scheme || 'bearer').toLowerCase(), bearerFormat: 'JWT', description } };
  }
  return { scheme: { type: 'apiKey', in: place, name: name || 'token', description } };
}

function isAuthorization(name: string | undefined): boolean {
  return !name || name.toLowerCase() === 'authorization';
}

function ofSignature({ sig }: SignatureScheme, how: string): Security {
  const [place, name] = /^(header|query):(.+)$/s.exec([sig.from].flat()[0] ?? '')?.slice(1) ?? [];
  return place
    ? { scheme: { type: 'apiKey', in: place, name, description: how } }
    : { words: `${how} It stands in \`${[sig.from].flat().join('` or `')}\`.` };
}

/** In words: what the value is made of. The placeholders are those that the panel and the docs explain. */
function howSigned(scheme: SignatureScheme): string {
  const { kind, alg = 'sha256', content = '{body}', alternatives = [], sig, ts } = scheme;
  if (kind === 'token') {
    return 'The shared secret itself.';
  }
  const texts = [content, ...alternatives].map((text) => `\`${text}\``).join(' or ');
  const written = `${sig.enc ?? 'hex'}${sig.prefix ? ` after \`${sig.prefix}\`` : ''}`;
  return `${kind} with ${alg} over ${texts}, written in ${written}.${ts ? ` The time is in \`${ts.from}\`, as ${ts.unit ?? 's'}.` : ''}`;
}
