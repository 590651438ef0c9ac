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

/** A PEM on one line, as APIs give it in JSON. */
const ONE_LINE = /^(-----BEGIN [A-Z ]+-----)([A-Za-z0-9+/=\s]+)(-----END [A-Z ]+-----)$/;

/** The head of any private key in PEM, RFC 7468: encrypted, of one kind, or of OpenSSH. */
const PRIVATE_PEM = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/;

/** What a JWK has that is no public key: RFC 7518 section 6. */
const PRIVATE_PARTS = ['d', 'p', 'q', 'k'];

/**
 * Bits of an RSA key, and its exponent: 65,537 is what keys have, and the time that a check takes grows with the bits of
 * both. Of a key with less than the smallest anybody can make signatures: by the exponent 1 a signature is the text itself,
 * and no even one belongs to a pair of keys.
 */
const SMALLEST = { bits: 1_024, exponent: 3n };
const LARGEST = { bits: 8_192, exponent: 2n ** 32n };

/**
 * Reads a PEM (key or certificate), a JWK or a JWKS. What can't be read, isn't a public key, or is none to check by, is left
 * out: of a private one Node would make the public one.
 */
export function readPublicKeys(text: string): PublicKey[] {
  return keysIn(text).filter(({ key }) => !isUnfit(key));
}

/** Whether an RSA key is none to check by: it takes longer than any that senders have, or proves nothing. */
export function isUnfit({ asymmetricKeyDetails = {} }: KeyObject): boolean {
  const { modulusLength: bits, publicExponent: exponent } = asymmetricKeyDetails;
  return (
    (bits !== undefined && (bits < SMALLEST.bits || bits > LARGEST.bits)) ||
    (exponent !== undefined && (exponent < SMALLEST.exponent || exponent > LARGEST.exponent || exponent % 2n === 0n))
  );
}

/** Whether there is such a key in a PEM, a JWK or a JWKS, or in base64 (SPKI). */
export function holdsUnfitKey(text: string): boolean {
  const der = tryKey(() => createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' }));
  return [...keysIn(text).map(({ key }) => key), ...(der ? [der] : [])].some(isUnfit);
}

function keysIn(text: string): PublicKey[] {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{')) {
    if (PRIVATE_PEM.test(trimmed)) {
      return [];
    }
    const key = tryKey(() => createPublicKey(trimmed.replace(ONE_LINE, onLines)));
    return key ? [{ id: null, alg: null, key }] : [];
  }
  return jwksIn(trimmed).flatMap(readJwk);
}

function onLines(_pem: string, begin: string, base64: string, end: string): string {
  return [begin, base64.trim(), end].join('\n');
}

/** Tells whether a secret is really a public key, or one of a pair: as an HMAC key it would be no secret at all. */
export function looksLikePublicKey(secret: string): boolean {
  return secret.includes('-----BEGIN ') || keysIn(secret).length > 0 || holdsPrivateKey(secret);
}

/** Whether there is a private key in a PEM, a JWK or a JWKS, or a key that is for both sides. */
export function holdsPrivateKey(text: string): boolean {
  const trimmed = text.trim();
  return PRIVATE_PEM.test(trimmed) || (trimmed.startsWith('{') && jwksIn(trimmed).some(isPrivate));
}

function jwksIn(json: string): unknown[] {
  const parsed = parseObject(json);
  return Array.isArray(parsed?.keys) ? (parsed.keys as unknown[]).slice(0, MAX_KEYS) : [parsed];
}

function isPrivate(jwk: unknown): boolean {
  return (
    typeof jwk === 'object' &&
    jwk !== null &&
    typeof (jwk as { kty?: unknown }).kty === 'string' &&
    PRIVATE_PARTS.some((name) => Object.hasOwn(jwk, name))
  );
}

function readJwk(jwk: unknown): PublicKey[] {
  if (typeof jwk !== 'object' || jwk === null || isPrivate(jwk)) {
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
