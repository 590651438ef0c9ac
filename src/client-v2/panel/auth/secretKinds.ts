import { envReference, type SecretEntry, type SecretInput } from '../../../common/secrets';

/** What stands where a secret goes, as far as the panel can tell. */
export type SecretKind = 'empty' | 'literal' | 'reference' | 'stored';

/** A bare string is short for `{ value }`. */
export function toEntry(secret: SecretInput | undefined): SecretEntry {
  return typeof secret === 'string' ? { value: secret } : (secret ?? {});
}

/** `stored`: encrypted by the server, never readable here; `reference`: `{{$env.NAME}}`. */
export function secretKind(secret: SecretInput | undefined): SecretKind {
  const { value, sealed } = toEntry(secret);
  if (value) {
    return envReference(value) === null ? 'literal' : 'reference';
  }
  return sealed ? 'stored' : 'empty';
}

/** A new secret: 32 random bytes, base64url. */
export function generateSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replaceAll('=', '');
}
