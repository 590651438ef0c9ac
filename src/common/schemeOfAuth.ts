// Framework-free: the signature scheme that a webhook's settings stand for.

import type { SignatureAuth, WebhookAuth } from './auth';
import type { Handshake, SignatureScheme } from './presets';
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

/** The challenges that are answered; of a provider with code of its own none is data. */
export function handshakesOf(auth: WebhookAuth): readonly Handshake[] {
  const jwt = auth.type === 'jwt' ? auth : auth.type === 'provider' ? findProvider(auth.provider)?.jwt : undefined;
  return schemeOfAuth(auth)?.handshake ?? jwt?.handshake ?? [];
}

function customScheme({ type: _type, secrets: _secrets, kind = 'hmac', ...scheme }: SignatureAuth): SignatureScheme {
  return { kind, ...scheme };
}
