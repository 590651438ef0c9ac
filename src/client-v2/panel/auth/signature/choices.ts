import type { SignatureKind, SignatureScheme } from '../../../../common/presets';
import { text } from '../../../locale';

/** How a signature is written; the labels are English, and the i18n keys. */
export const SIGNATURE_ENCODING_LABELS = [
  { value: 'hex', label: text('Hexadecimal') },
  { value: 'hex-upper', label: text('Hexadecimal, in capitals') },
  { value: 'base64', label: text('Base64') },
  { value: 'base64url', label: text('Base64, URL-safe') },
] as const;

/** What proves a call; the labels are English, and the i18n keys. */
export const KINDS: readonly { value: SignatureKind; label: string }[] = [
  { value: 'hmac', label: text('HMAC with a shared secret') },
  { value: 'hash', label: text('Hash of a text that the secret is part of') },
  { value: 'token', label: text('The secret itself') },
  { value: 'ed25519', label: text('Ed25519, with a public key') },
  { value: 'ecdsa', label: text('ECDSA, with a public key') },
  { value: 'rsa', label: text('RSA, with a public key') },
  { value: 'jws', label: text('Detached JWS') },
];

/** The names are those of the standards. */
export const RSA_PADDINGS = [
  { value: 'pkcs1', label: 'PKCS #1 v1.5' },
  { value: 'pss', label: 'PSS' },
] as const;

export const ECDSA_FORMS = [
  { value: 'der', label: text('DER') },
  { value: 'p1363', label: text('two numbers side by side') },
] as const;

const SHARED_KEYS = [
  { value: 'utf8', label: text('Text') },
  { value: 'base64', label: text('Base64') },
  { value: 'hex', label: text('Hexadecimal') },
];
const PUBLIC_KEYS = [
  { value: 'pem', label: text('PEM or JWK') },
  { value: 'spki-base64', label: text('SPKI in Base64') },
  { value: 'raw-hex', label: text('raw, in hexadecimal') },
  { value: 'raw-base64', label: text('raw, in Base64') },
];
const SEEDS = [{ value: 'seed', label: text('a shared secret, of which the key is made') }];

/** Whether what verifies is the sender's public key; a detached JWS may have either. */
export function usesPublicKey({ kind, key }: Pick<SignatureScheme, 'kind' | 'key'>): boolean {
  return !['hmac', 'hash', 'token'].includes(kind) && key?.enc !== 'seed';
}

/** How a key may be written, the default first; the labels are English, and the i18n keys. */
export function keyEncodings(kind: SignatureKind): { value: string; label: string }[] {
  switch (kind) {
    case 'jws':
      return [...PUBLIC_KEYS, ...SHARED_KEYS];
    case 'ed25519':
      return [...PUBLIC_KEYS, ...SEEDS];
    default:
      return usesPublicKey({ kind }) ? PUBLIC_KEYS : SHARED_KEYS;
  }
}
