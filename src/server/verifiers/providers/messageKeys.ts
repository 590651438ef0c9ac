import {
  constants,
  createHmac,
  verify as verifySignature,
  type KeyObject,
  type VerifyKeyObjectInput,
} from 'node:crypto';
import { looksLikePublicKey, readPublicKeys } from '../jwtKeys';
import { equalBytes } from './fields';

/** Signature algorithms of RFC 9421, section 3.3, that a webhook may be signed with. */
export const MESSAGE_ALGORITHMS = [
  'hmac-sha256',
  'rsa-pss-sha512',
  'rsa-v1_5-sha256',
  'ecdsa-p256-sha256',
  'ecdsa-p384-sha384',
  'ed25519',
] as const;
export type MessageAlgorithm = (typeof MESSAGE_ALGORITHMS)[number];

/** Tells whether `value` is one of {@link MESSAGE_ALGORITHMS}. */
export function isMessageAlgorithm(value: unknown): value is MessageAlgorithm {
  return (MESSAGE_ALGORITHMS as readonly unknown[]).includes(value);
}

/** A secret made ready: it can be used with these algorithms and no others. */
export interface MessageKey {
  algorithms: readonly MessageAlgorithm[];
  verify(algorithm: MessageAlgorithm, content: Buffer, signature: Buffer): boolean;
}

/**
 * The key in a secret: a public key (PEM, JWK) or the shared secret of an HMAC, in UTF-8 or base64. What the key is
 * decides what it can be used for, so that a public key is never taken for a shared secret. Null: it is neither.
 */
export function readMessageKey(secret: string, encoding: 'utf8' | 'base64'): MessageKey | null {
  const [publicKey] = readPublicKeys(secret);
  if (publicKey) {
    return asymmetricKey(publicKey.key);
  }
  const bytes = looksLikePublicKey(secret) ? Buffer.alloc(0) : Buffer.from(secret.trim(), encoding);
  return bytes.length === 0
    ? null
    : {
        algorithms: ['hmac-sha256'],
        verify: (_algorithm, content, signature) =>
          equalBytes(createHmac('sha256', bytes).update(content).digest(), signature),
      };
}

function asymmetricKey(key: KeyObject): MessageKey | null {
  const algorithms = algorithmsOf(key);
  return algorithms.length === 0
    ? null
    : {
        algorithms,
        verify: (algorithm, content, signature) => {
          const { hash, ...options } = OPTIONS[algorithm];
          return verifySignature(hash, content, { key, ...options }, signature);
        },
      };
}

const ECDSA: Partial<Record<string, MessageAlgorithm[]>> = {
  prime256v1: ['ecdsa-p256-sha256'],
  secp384r1: ['ecdsa-p384-sha384'],
};

function algorithmsOf(key: KeyObject): MessageAlgorithm[] {
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return ['rsa-pss-sha512', 'rsa-v1_5-sha256'];
    case 'rsa-pss':
      return ['rsa-pss-sha512'];
    case 'ec':
      return ECDSA[key.asymmetricKeyDetails?.namedCurve ?? ''] ?? [];
    case 'ed25519':
      return ['ed25519'];
    default:
      return [];
  }
}

const OPTIONS: Record<MessageAlgorithm, { hash: string | null } & Omit<VerifyKeyObjectInput, 'key'>> = {
  'hmac-sha256': { hash: 'sha256' },
  // The RFC's salt is 64 bytes long; signers that leave it to OpenSSL use the longest there is. It proves as much.
  'rsa-pss-sha512': {
    hash: 'sha512',
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_AUTO,
  },
  'rsa-v1_5-sha256': { hash: 'sha256', padding: constants.RSA_PKCS1_PADDING },
  'ecdsa-p256-sha256': { hash: 'sha256', dsaEncoding: 'ieee-p1363' },
  'ecdsa-p384-sha384': { hash: 'sha384', dsaEncoding: 'ieee-p1363' },
  ed25519: { hash: null },
};
