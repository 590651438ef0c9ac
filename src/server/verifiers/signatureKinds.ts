import {
  constants,
  createHash,
  createHmac,
  createVerify,
  verify,
  type Hash,
  type Hmac,
  type Verify,
  type VerifyKeyObjectInput,
} from 'node:crypto';
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

const DIGEST_BYTES: Readonly<Record<HashAlgorithm, number>> = {
  md5: 16,
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
};

/** Longest ECDSA signature in DER (P-521) and RSA signature (8192 bits), in bytes. */
const MAX_BYTES: Partial<Record<SignatureKind, number>> = { ecdsa: 141, rsa: 1024 };

/** Kinds of which each check of a signature reads all that is signed, and does some arithmetic with large numbers. */
export const ASYMMETRIC: ReadonlySet<SignatureKind> = new Set(['ed25519', 'ecdsa', 'rsa', 'jws']);

/** How a signature is checked. A `token` signs nothing and is not among them, and a `jws` names its algorithm itself. */
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

function asymmetric(kind: 'ecdsa' | 'rsa'): Check {
  return (scheme, secret, content, signatures) => {
    const { alg = 'sha256' } = scheme;
    const parsed = publicKey(secret, kind, scheme.key);
    const options = parsed && { key: parsed, ...optionsOf(scheme) };
    return options && signatures.map((signature) => feed(createVerify(alg), content).verify(options, signature));
  };
}

function optionsOf({ kind, padding, form }: SignatureScheme): Omit<VerifyKeyObjectInput, 'key'> {
  if (kind === 'ecdsa') {
    return { dsaEncoding: form === 'p1363' ? 'ieee-p1363' : 'der' };
  }
  // The salt is as long as the signer made it: its length proves nothing.
  return padding === 'pss'
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO }
    : { padding: constants.RSA_PKCS1_PADDING };
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

/** Signed content as one piece. */
export function wholeOf(content: Content): Buffer {
  const known = WHOLE.get(content);
  const whole =
    known ?? Buffer.concat(content.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
  WHOLE.set(content, whole);
  return whole;
}
