import { constants, createHmac, verify, type KeyObject, type VerifyKeyObjectInput } from 'node:crypto';
import type { JwtAlgorithm } from '../../common/jwtAlgorithms';
import type { SignatureScheme } from '../../common/presets';
import { looksLikePublicKey, readPublicKeys } from './jwtKeys';
import { equalBytes, parseJsonObject } from './providers/fields';
import { sharedKey } from './schemeKeys';
import { wholeOf } from './signatureKinds';
import type { Content } from './template';

/** Longest detached JWS, in characters: RSA with 8192 bits, and a header that names a few things. */
const MAX_LENGTH = 8_192;

/** A detached JWS (RFC 7515 appendix F), taken apart. */
export interface Jws {
  algorithm: JwtAlgorithm;
  /** `kid`; null: it names none. */
  keyName: string | null;
  /** The header as it was signed. */
  header: string;
  /** RFC 7797: the signed text stands as it is, not in base64url. */
  isPlain: boolean;
  signature: Buffer;
}

/** Null: it is no detached JWS, of an algorithm that isn't taken, or with an extension that has to be understood. */
export function readJws(text: string, algorithms: readonly JwtAlgorithm[]): Jws | null {
  const [header = '', payload, signature = '', ...more] = text.split('.', 4);
  const isDetached = payload === '' && more.length === 0 && text.length <= MAX_LENGTH;
  if (!isDetached || !/^[\w-]+$/.test(header) || !/^[\w-]+$/.test(signature)) {
    return null;
  }
  const { alg, kid, b64, crit } = parseJsonObject(Buffer.from(header, 'base64url')) ?? {};
  const algorithm = algorithms.find((allowed) => allowed === alg);
  const isPlain = b64 === false;
  // `b64` counts only where it is marked as critical, and nothing else may be.
  const isUnderstood = isPlain ? isB64Only(crit) : crit === undefined && (b64 === undefined || b64 === true);
  return algorithm && isUnderstood
    ? {
        algorithm,
        keyName: typeof kid === 'string' && kid !== '' ? kid : null,
        header,
        isPlain,
        signature: Buffer.from(signature, 'base64url'),
      }
    : null;
}

function isB64Only(crit: unknown): boolean {
  return Array.isArray(crit) && crit.length === 1 && crit[0] === 'b64';
}

/**
 * Of each signature whether it is one of `content` under the key; null: it is no key for any of their algorithms. What
 * the key is decides what it may be used for, so that a public key is never taken for a shared secret.
 */
export function matchesJws(
  { key }: SignatureScheme,
  secret: string,
  content: Content,
  signatures: readonly { jws?: Jws }[],
): boolean[] | null {
  const message = wholeOf(content);
  const results = signatures.map(({ jws }) => (jws ? matches(jws, secret, key, message) : null));
  return results.every((result) => result === null) ? null : results.map((result) => result === true);
}

function matches(jws: Jws, secret: string, format: SignatureScheme['key'], message: Buffer): boolean | null {
  const text = jws.isPlain ? message : Buffer.from(message.toString('base64url'));
  const signed = Buffer.concat([Buffer.from(`${jws.header}.`), text]);
  if (jws.algorithm.startsWith('HS')) {
    const bytes = looksLikePublicKey(secret) ? null : sharedKey(secret, format);
    return bytes && equalBytes(createHmac(hashOf(jws.algorithm), bytes).update(signed).digest(), jws.signature);
  }
  const [found] = readPublicKeys(secret);
  const options = found && optionsFor(jws.algorithm, found.key);
  return options ? verify(options.hash, signed, options.input, jws.signature) : null;
}

const CURVES: Readonly<Record<string, string>> = { ES256: 'prime256v1', ES384: 'secp384r1', ES512: 'secp521r1' };

/** Whether a public key can be used with an algorithm. */
export function fitsAlgorithm(algorithm: JwtAlgorithm, key: KeyObject): boolean {
  return !algorithm.startsWith('HS') && optionsFor(algorithm, key) !== null;
}

/** RFC 7518 section 3 and RFC 8037; null: the key is not of the kind that the algorithm wants. */
function optionsFor(
  algorithm: JwtAlgorithm,
  key: KeyObject,
): { hash: string | null; input: VerifyKeyObjectInput } | null {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  const hash = hashOf(algorithm);
  switch (algorithm.slice(0, 2)) {
    case 'RS':
      return type === 'rsa' ? { hash, input: { key, padding: constants.RSA_PKCS1_PADDING } } : null;
    case 'PS':
      return type === 'rsa' || type === 'rsa-pss'
        ? {
            hash,
            input: { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
          }
        : null;
    case 'ES':
      return type === 'ec' && details?.namedCurve === CURVES[algorithm]
        ? { hash, input: { key, dsaEncoding: 'ieee-p1363' } }
        : null;
    default:
      return type === 'ed25519' ? { hash: null, input: { key } } : null;
  }
}

function hashOf(algorithm: JwtAlgorithm): string {
  return `sha${algorithm.slice(2)}`;
}
