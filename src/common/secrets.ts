// Framework-free: the shapes a secret has in a webhook's configuration.

/**
 * One secret as the configuration holds it. On save, the server turns every literal `value` into
 * `sealed` (AES-256-GCM, for its place alone); only `{{$env.NAME}}` stays readable.
 */
export interface SecretEntry {
  /** What the maker calls it; the delivery log says which one matched. */
  name?: string;
  /** A literal on its way in, or `{{$env.NAME}}`. */
  value?: string;
  /** The literal, encrypted. */
  sealed?: string;
  /** ISO 8601; from then on the secret no longer matches. */
  expiresAt?: string;
}

/** What may be written where a secret goes: a bare string is short for `{ value }`. */
export type SecretInput = string | SecretEntry;

const ENV_REFERENCE = /^\{\{\s*\$env\.([\w-]+)\s*\}\}$/;

/** The variable's name if `value` is exactly one `{{$env.NAME}}`, else null. */
export function envReference(value: string): string | null {
  return ENV_REFERENCE.exec(value.trim())?.[1] ?? null;
}

/** What stands where a secret goes, as far as its settings tell. */
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
