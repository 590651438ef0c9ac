import { tokenSources, type WebhookAuth } from '../../common/auth';
import type { SignatureScheme } from '../../common/presets';
import { schemeOfAuth } from '../../common/schemeOfAuth';
import { readItems } from '../verifiers/signatures';
import type { Sources } from '../verifiers/Sources';
import { afterScheme } from '../verifiers/token';
import { formsOf, isInBody, MAX_SENT } from './credentialsIn';

/**
 * What of the values in the credential's place is compared with a secret: the token behind its word, the item of a list,
 * the field of JSON in base64. That is what may stand elsewhere. Of a sender who isn't verified the body isn't read.
 */
export function provenItems(auth: WebhookAuth, sources: Sources, isVerified: boolean): string[] {
  const found =
    auth.type === 'token' ? tokensIn(auth, sources, isVerified) : itemsIn(schemeOfAuth(auth), sources, isVerified);
  // Of one that is verified, each was compared, and found to be a secret.
  const different = [...new Set(found)];
  return (isVerified ? different : different.slice(0, MAX_SENT)).flatMap(formsOf);
}

function tokensIn(auth: Extract<WebhookAuth, { type: 'token' }>, sources: Sources, isVerified: boolean): string[] {
  const word = auth.scheme?.trim() ?? '';
  return tokenSources(auth)
    .filter((place) => isVerified || !isInBody(place))
    .flatMap((place) => sources.all(place).slice(0, MAX_SENT))
    .map((value) => value && afterScheme(value, word))
    .filter((token) => token !== null);
}

function itemsIn(scheme: SignatureScheme | null, sources: Sources, isVerified: boolean): string[] {
  if (scheme?.kind !== 'token') {
    return [];
  }
  const from = [scheme.sig.from].flat().filter((place) => isVerified || !isInBody(place));
  const found = readItems({ ...scheme, sig: { ...scheme.sig, from } }, sources);
  return 'ok' in found ? [] : found.items;
}
