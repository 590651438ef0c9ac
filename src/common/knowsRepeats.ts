// Framework-free: whether a call that is sent once more is known as a repeat.

import type { WebhookConfig } from './config';
import { placesOfId } from './idPlaces';
import { findProvider } from './providers';
import { schemeOfAuth } from './schemeOfAuth';

/** As far as the settings tell: each call has to have something where they look for it. */
export function knowsRepeats({ dedupe, auth }: Pick<WebhookConfig, 'dedupe' | 'auth'>): boolean {
  if (!dedupe || dedupe.key !== '') {
    return dedupe !== null;
  }
  const scheme = schemeOfAuth(auth);
  if (scheme) {
    return placesOfId(scheme).length > 0;
  }
  if (auth.type === 'jwt') {
    return auth.in === 'body';
  }
  const provider = auth.type === 'provider' ? findProvider(auth.provider) : undefined;
  // One with code of its own gives every call an id.
  return provider !== undefined && (provider.jwt ? (provider.jwt.id ?? []).length > 0 : true);
}
