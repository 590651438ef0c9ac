import { createHash, createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import type { KeyFormat, SignatureKind } from '../../common/presets';
import { decodeText } from './encoding';
import { isUnfit, readPublicKeys } from './jwtKeys';

/** SubjectPublicKeyInfo up to the 32 bytes of an Ed25519 key, RFC 8410. */
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** PrivateKeyInfo up to the 32 bytes of an Ed25519 key, RFC 8410 section 7. */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Bytes of a seed. */
const SEED = 32;

/** Longest secret that is decoded. */
const MAX_KEY = 16_384;

/** What `KeyObject.asymmetricKeyType` must be, so that a key can't choose its algorithm. */
const KEY_TYPES: Partial<Record<SignatureKind, readonly string[]>> = {
  ed25519: ['ed25519'],
  ecdsa: ['ec'],
  rsa: ['rsa', 'rsa-pss'],
};

/** The bytes of a shared key; null if the secret is not written as the scheme says. */
export function sharedKey(secret: string, { enc, strip, hash }: KeyFormat = {}): Buffer | null {
  const bytes = bytesOf(stripped(secret, strip), enc);
  return bytes && hash ? createHash(hash).update(bytes).digest() : bytes;
}

function bytesOf(text: string, enc: KeyFormat['enc'] = 'utf8'): Buffer | null {
  switch (enc) {
    case 'utf8':
      return text === '' ? null : Buffer.from(text, 'utf8');
    case 'base64':
      // With padding or without, in either alphabet: the maker pastes what the provider shows.
      return /^[\w+/-]{2,}={0,2}$/.test(text.trim()) ? Buffer.from(text.trim(), 'base64') : null;
    case 'hex':
      return decodeText(text.trim(), enc, MAX_KEY);
    default:
      return null;
  }
}

/** The sender's public key; null if the secret is not one of that kind, or none to check by. */
export function publicKey(secret: string, kind: SignatureKind, { enc, strip }: KeyFormat = {}): KeyObject | null {
  try {
    const key = enc === 'seed' ? seededPublicKey(secret, strip) : readPublicKey(stripped(secret.trim(), strip), enc);
    return key && KEY_TYPES[kind]?.includes(key.asymmetricKeyType ?? '') && !isUnfit(key) ? key : null;
  } catch {
    return null;
  }
}

/**
 * The private key whose seed a shared secret is, repeated until it is long enough: who has the one signs by it, and who
 * verifies derives the public key from it. Null: the secret is blank.
 */
export function seededKey(secret: string, { strip }: KeyFormat = {}): KeyObject | null {
  const bytes = Buffer.from(stripped(secret, strip), 'utf8');
  return bytes.toString().trim() === ''
    ? null
    : createPrivateKey({
        key: Buffer.concat([ED25519_PKCS8, Buffer.alloc(SEED, bytes)]),
        format: 'der',
        type: 'pkcs8',
      });
}

/** The serial number of a certificate in PEM, upper-case hex; null if the secret is not one. */
export function certificateSerial(secret: string): string | null {
  try {
    return secret.includes('CERTIFICATE') ? new X509Certificate(secret).serialNumber : null;
  } catch {
    return null;
  }
}

function seededPublicKey(secret: string, strip: string | undefined): KeyObject | null {
  const key = seededKey(secret, { strip });
  return key && createPublicKey(key);
}

function readPublicKey(text: string, enc: KeyFormat['enc']): KeyObject | null {
  switch (enc) {
    case undefined:
    case 'pem':
      return readPublicKeys(text)[0]?.key ?? null;
    case 'spki-base64':
      return fromDer(decodeText(text, 'base64', MAX_KEY));
    case 'raw-hex':
      return fromRaw(decodeText(text, 'hex'));
    case 'raw-base64':
      return fromRaw(decodeText(text, 'base64'));
    default:
      return null;
  }
}

function fromRaw(bytes: Buffer | null): KeyObject | null {
  return bytes?.length === 32 ? fromDer(Buffer.concat([ED25519_SPKI, bytes])) : null;
}

function fromDer(key: Buffer | null): KeyObject | null {
  return key && createPublicKey({ key, format: 'der', type: 'spki' });
}

function stripped(text: string, strip: string | undefined): string {
  return strip && text.startsWith(strip) ? text.slice(strip.length) : text;
}
