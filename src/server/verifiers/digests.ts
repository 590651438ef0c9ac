import { createHash } from 'node:crypto';
import { HASH_ALGORITHMS, type HashAlgorithm, type SignatureEncoding } from '../../common/presets';

const ENCODINGS: Readonly<Record<string, SignatureEncoding>> = {
  '': 'hex',
  hex: 'hex',
  upper: 'hex-upper',
  base64: 'base64',
  base64url: 'base64url',
};

/**
 * The digest of a value, in the form that a name such as `sha256`, `md5-upper` or `sha512-base64` says.
 * Null: it names none.
 */
export function digestOf(name: string, value: string | Buffer): string | null {
  const [alg = '', written = ''] = name.split('-');
  const encoding = encodingOf(written);
  return isHashAlgorithm(alg) && encoding ? encodeBytes(createHash(alg).update(value).digest(), encoding) : null;
}

/** How a digest is written, as the name of one says; undefined: it isn't one. */
export function encodingOf(name: string): SignatureEncoding | undefined {
  return Object.hasOwn(ENCODINGS, name) ? ENCODINGS[name] : undefined;
}

/** Whether the engine knows a hash of this name. */
export function isHashAlgorithm(name: string): name is HashAlgorithm {
  return (HASH_ALGORITHMS as readonly string[]).includes(name);
}

/** Bytes as a signature is written. */
export function encodeBytes(bytes: Buffer, encoding: SignatureEncoding = 'hex'): string {
  return encoding === 'hex-upper' ? bytes.toString('hex').toUpperCase() : bytes.toString(encoding);
}
