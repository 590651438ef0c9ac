import { createHash, createHmac, createVerify, verify, type Hash, type Hmac, type Verify } from 'node:crypto';
import type { HashAlgorithm, SignatureKind, SignatureScheme } from '../../common/presets';
import { equalBytes } from './providers/fields';
import { publicKey, sharedKey } from './schemeKeys';
import type { Content } from './template';

/** Tells of each of the signatures whether it is one of `content` under `secret`; null: the secret is no such key. */
type Check = (
  scheme: SignatureScheme,
  secret: string,
  content: Content,
  signatures: readonly Buffer[],
) => boolean[] | null;

const DIGEST_BYTES: Readonly<Record<HashAlgorithm, number>> = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

/** Longest ECDSA signature in DER (P-521) and RSA signature (8192 bits), in bytes. */
const MAX_BYTES: Partial<Record<SignatureKind, number>> = { ecdsa: 141, rsa: 1024 };

/** Kinds of which each check of a signature reads all that is signed, and does some arithmetic with large numbers. */
export const ASYMMETRIC: ReadonlySet<SignatureKind> = new Set(['ed25519', 'ecdsa', 'rsa']);

/** How a signature is checked. A `token` signs nothing and is not among them. */
export const CHECKS: Readonly<Record<string, Check>> = {
  hmac: ({ alg = 'sha256', key }, secret, content, signatures) => {
    const bytes = sharedKey(secret, key);
    return bytes && matches(feed(createHmac(alg, bytes), content).digest(), signatures);
  },
  hash: ({ alg = 'sha256' }, secret, content, signatures) =>
    secret === '' ? null : matches(feed(createHash(alg), content).digest(), signatures),
  ed25519: ({ key }, secret, content, signatures) => {
    const parsed = publicKey(secret, 'ed25519', key);
    const message = parsed && wholeOf(content);
    return message && signatures.map((signature) => verify(null, message, parsed, signature));
  },
  ecdsa: asymmetric('ecdsa'),
  rsa: asymmetric('rsa'),
};

/** Whether a signature of this many bytes can be one of the scheme's. */
export function fitsScheme({ kind, alg = 'sha256' }: SignatureScheme, bytes: number): boolean {
  const max = MAX_BYTES[kind];
  return max === undefined ? bytes === (kind === 'ed25519' ? 64 : DIGEST_BYTES[alg]) : bytes <= max;
}

/** Whether the engine knows a hash of this name. */
export function isHashAlgorithm(name: string): name is HashAlgorithm {
  return Object.hasOwn(DIGEST_BYTES, name);
}

function asymmetric(kind: 'ecdsa' | 'rsa'): Check {
  return ({ alg = 'sha256', key }, secret, content, signatures) => {
    const parsed = publicKey(secret, kind, key);
    return parsed && signatures.map((signature) => feed(createVerify(alg), content).verify(parsed, signature));
  };
}

function feed<T extends Hash | Hmac | Verify>(digest: T, content: Content): T {
  for (const piece of content) {
    digest.update(piece as Buffer);
  }
  return digest;
}

/** Looks at every signature, so that the time doesn't tell which one fits. */
function matches(expected: Buffer, signatures: readonly Buffer[]): boolean[] {
  return signatures.map((signature) => equalBytes(expected, signature));
}

/** Of texts that are tried with one key after another. */
const WHOLE = new WeakMap<Content, Buffer>();

function wholeOf(content: Content): Buffer {
  const known = WHOLE.get(content);
  const whole =
    known ?? Buffer.concat(content.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
  WHOLE.set(content, whole);
  return whole;
}
