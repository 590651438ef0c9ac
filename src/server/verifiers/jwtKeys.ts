import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';

/** A public key that a token may be signed with. */
export interface PublicKey {
  /** `kid` of a JWK; null: it has none and is tried for every token. */
  id: string | null;
  /** `alg` of a JWK: the only algorithm it may be used with. */
  alg: string | null;
  key: KeyObject;
}

/** A provider's key set holds a few; more than this is no key set. */
const MAX_KEYS = 50;

/** Reads a PEM (key or certificate), a JWK or a JWKS. What can't be read, or isn't a public key, is left out. */
export function readPublicKeys(text: string): PublicKey[] {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{')) {
    const key = tryKey(() => createPublicKey(trimmed));
    return key ? [{ id: null, alg: null, key }] : [];
  }
  const parsed = parseObject(trimmed);
  const jwks = Array.isArray(parsed?.keys) ? (parsed.keys as unknown[]).slice(0, MAX_KEYS) : [parsed];
  return jwks.flatMap(readJwk);
}

/** Tells whether a secret is really a public key: as an HMAC key it would be no secret at all. */
export function looksLikePublicKey(secret: string): boolean {
  return secret.includes('-----BEGIN ') || readPublicKeys(secret).length > 0;
}

function readJwk(jwk: unknown): PublicKey[] {
  if (typeof jwk !== 'object' || jwk === null) {
    return [];
  }
  const { kid, alg, use } = jwk as Record<string, unknown>;
  // A symmetric key (`oct`) would let anyone who reads the set sign; `createPublicKey` takes none.
  const key =
    use === undefined || use === 'sig'
      ? tryKey(() => createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' }))
      : null;
  return key ? [{ id: typeof kid === 'string' ? kid : null, alg: typeof alg === 'string' ? alg : null, key }] : [];
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}

function tryKey(read: () => KeyObject): KeyObject | null {
  try {
    return read();
  } catch {
    return null;
  }
}
