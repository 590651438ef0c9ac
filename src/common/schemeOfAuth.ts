// Framework-free: the signature scheme that a webhook's settings stand for.

import type { SignatureAuth, WebhookAuth } from './auth';
import type { SignatureScheme } from './presets';
import { findProvider } from './providers';

/** The scheme that is data: a maker's own, or that of a provider's row; null: neither. */
export function schemeOfAuth(auth: WebhookAuth): SignatureScheme | null {
  switch (auth.type) {
    case 'signature':
      return customScheme(auth);
    case 'provider':
      return findProvider(auth.provider)?.scheme ?? null;
    default:
      return null;
  }
}

function customScheme({ type: _type, secrets: _secrets, kind = 'hmac', ...scheme }: SignatureAuth): SignatureScheme {
  return { kind, ...scheme };
}
