import type { TokenAuth } from '../../common/auth';
import { equalSent } from './compare';
import { refuse, requiredHeader, requiredQuery } from './providers/fields';
import type { ResolvedSecret, VerifyRequest, VerifyResult } from './types';

/** A shared token in a header or a query parameter, after a word such as `Bearer` if one is set. */
export function verifyToken(auth: TokenAuth, secrets: readonly ResolvedSecret[], request: VerifyRequest): VerifyResult {
  if (auth.in !== 'header' && auth.in !== 'query') {
    return refuse('Whether the token is in a header or in the query is not set.');
  }
  const value =
    auth.in === 'header' ? requiredHeader(request, auth.name.toLowerCase()) : requiredQuery(request, auth.name);
  if (typeof value !== 'string') {
    return value;
  }
  const token = afterScheme(value, auth.scheme?.trim() ?? '');
  if (token === null) {
    return refuse(`The token does not stand after the word "${auth.scheme}".`);
  }
  const isSent = equalSent(token);
  const [matching] = secrets.filter(({ value: secret }) => isSent(secret));
  return matching
    ? { ok: true, secretName: matching.name, deliveryId: null }
    : refuse('The token is not one that is set here.');
}

function afterScheme(value: string, scheme: string): string | null {
  if (scheme === '') {
    return value;
  }
  const rest = value.slice(scheme.length);
  const isScheme = value.slice(0, scheme.length).toLowerCase() === scheme.toLowerCase() && rest.startsWith(' ');
  return isScheme ? rest.trim() : null;
}
