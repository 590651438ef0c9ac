// Framework-free: how a signature scheme is described. Providers are rows of data; one engine reads them all.

import type { JwtAlgorithm } from './jwtAlgorithms';
import type { TimeUnit } from './timeUnits';

/**
 * Where a value is found: a header, a query parameter, a place in the JSON body (`a.b`, `value[].x`, `[].x`), a child
 * of the XML body's root, a field of a form or multipart body, a place in the JSON document that is in such a field
 * (`form-json:field.a.b`), a parameter of the webhook's own path (`orders/:token`),
 * or a setting of the webhook.
 */
export type Source =
  | `header:${string}`
  | `query:${string}`
  | `json:${string}`
  | `xml:${string}`
  | `form:${string}`
  | `form-json:${string}`
  | `path:${string}`
  | `config:${string}`;

/**
 * Where a delivery id is; `fields:json:a,header:b`: all of these together are it, and none may be missing. `body`: the
 * whole of it, by its digest, for one that says its time: `fields:json:time,body`. `signed`: what the signature is over,
 * by its digest, however the call was encoded anew.
 */
export type IdPlace = Source | 'body' | 'signed' | `fields:${string}`;

export const SIGNATURE_KINDS = ['hmac', 'hash', 'token', 'ed25519', 'ecdsa', 'rsa', 'jws'] as const;
/** `hash`: over a text that the secret is part of; `jws`: detached (RFC 7515 appendix F), over the signed text. */
export type SignatureKind = (typeof SIGNATURE_KINDS)[number];

export const HASH_ALGORITHMS = ['sha256', 'sha512', 'sha384', 'sha224', 'sha1', 'md5'] as const;
export type HashAlgorithm = (typeof HASH_ALGORITHMS)[number];

export const SIGNATURE_ENCODINGS = ['hex', 'hex-upper', 'base64', 'base64url'] as const;
/** `hex-upper`: written in capitals. Either is read. */
export type SignatureEncoding = (typeof SIGNATURE_ENCODINGS)[number];

export const SHARED_KEY_ENCODINGS = ['utf8', 'base64', 'hex'] as const;
export const PUBLIC_KEY_ENCODINGS = ['pem', 'spki-base64', 'raw-hex', 'raw-base64', 'seed'] as const;
/**
 * `pem`: a public key or certificate in PEM, or a JWK; `seed`, of `ed25519`: no public key but a secret that both sides
 * have, whose bytes, repeated until they are 32, are the private key.
 */
export type KeyEncoding = (typeof SHARED_KEY_ENCODINGS)[number] | (typeof PUBLIC_KEY_ENCODINGS)[number];

/** An item that is made of several: which of them is what, counted from 1. */
export interface ItemParts {
  /** What stands between them. */
  by: string;
  sig: number;
  /** The name of the secret that signed it. */
  key?: number;
  /** The hash, such as `SHA256`: an item of another one than the scheme's doesn't count. */
  alg?: number;
}

/** Where the signature stands and how it is written. */
export interface SignatureLocation {
  /** A list: the first of them that is there. */
  from: Source | Source[];
  /** Of a list of places, each that is there counts, and any may match. */
  any?: boolean;
  /** What stands between several such lists in one value, each with a time and signatures of its own: any may match. */
  sets?: string;
  /** Separator of a list of signatures or `k=v` items in one value. */
  split?: string;
  /** Only the item at this position of the list counts, from 1. */
  item?: number;
  /** Only items with this prefix count; the prefix is taken off. */
  prefix?: string;
  parts?: ItemParts;
  /** The value is JSON in base64, in which it stands in this field. */
  json?: string;
  /** Default `hex`. */
  enc?: SignatureEncoding;
  /** Text taken off the front of the value before it is compared, such as `Bearer `. */
  strip?: string;
  /** For a source with several values (`value[].x`): every one of them must match. */
  all?: boolean;
}

/** Where the signed time stands. */
export interface TimestampLocation {
  /** `sig:t=` reads the item with that prefix out of the signature's own list, `sig:#1` the first of its items. */
  from: Source | `sig:${string}`;
  /** Default `s`. */
  unit?: TimeUnit;
  /** Seconds that the time may be off, either way; 0: not checked, but it must be as long as any of our days. */
  tol: number;
}

export interface KeyFormat {
  /** Default `utf8`; for kinds with a public key `pem`. */
  enc?: KeyEncoding;
  /** Prefix of the secret that is not part of the key, such as `whsec_`. */
  strip?: string;
  /** The key is the digest of the secret, in bytes. */
  hash?: HashAlgorithm;
  /** The request names the key; only the secret of that name is tried. */
  idFrom?: Source;
  /** Where the public keys are fetched from: an https address of a JWKS, JWK or PEM, or a setting that holds one. */
  url?: string;
}

/** Headers that are signed together, where the signed text says `{headers}`. */
export interface SignedHeaders {
  /** Their names, or the header that lists them, which has to be one of them. */
  names: string[] | `header:${string}`;
  /** Between the names in that header; default `,`. */
  split?: string;
  /** Between a name and its value; default `:`. */
  between?: string;
  /** Between one header and the next; default a line feed. */
  join?: string;
  /** Must be among those that a header lists. */
  required?: string[];
}

/** A provider's URL challenge: when it is one, what proves it, and what is answered. */
export interface Handshake {
  /** What the delivery log calls it. */
  kind: string;
  /** `method`, `has` (a source that must be present, or several), or a source with the value it must have. */
  when: Record<string, unknown>;
  /**
   * `if-no-secret`: only while no secret is set at all. Or a value of the request that a setting or one of the secrets
   * must equal;
   * `wrong`: the status of the answer where it doesn't, from 400 to 499, in place of 401;
   * `list`: the setting is text with spaces or commas between several, any of which will do.
   */
  auth:
    'signature' | 'none' | 'if-no-secret' | { from: Source; equals: Source | 'secret'; list?: boolean; wrong?: number };
  /** A secret that the provider hands over in this call. */
  capture?: { secret: Source };
  /**
   * Texts may hold `{header:x}` `{query:x}` `{json:x}` `{form:x}` `{form-json:x.a}`, and digests: `{hmac-hex:json:x}` is its HMAC-SHA256
   * under the secret, `{ed25519-hex:json:x}` its signature by a key of the form `seed`, and
   * `{sha256-hex:query:a+config:b+url}` the hash of several one behind the other; `secret:name` is the one of that name.
   * `{now:rfc3339}` (`s`, `ms`, `YYYYMMDDhhmmss`) is the time of the answer; `first:form:a[]` the first of several values;
   * in a digest, `length:form:a` is the value behind its length in bytes. A setting or the secret is never given
   * back itself. A header whose value is missing is left out; a body whose value is missing refuses.
   */
  reply: { status: number; type?: string; body?: string; headers?: Record<string, string> };
}

/** A part of the body that is encrypted with AES-256-GCM: base64, with the 16 bytes of the tag at the end. */
export interface EncryptedPart {
  ciphertext: Source;
  nonce: Source;
  /** Additional authenticated data; nothing there counts as empty. */
  aad: Source;
  /** 32 bytes as text. Where it isn't set, the body stays as it was received. */
  key: Source;
}

/** An answer that a sender waits for. */
export interface SchemeAnswer {
  status: number;
  type: string;
  body: string;
}

/** One signature scheme. Default of `alg` is `sha256`. */
export interface SignatureScheme {
  kind: SignatureKind;
  alg?: HashAlgorithm;
  /** Of `jws`: the algorithms that are taken, and no others. */
  algorithms?: JwtAlgorithm[];
  /** Of `rsa`; default `pkcs1`. */
  padding?: 'pkcs1' | 'pss';
  /** Of `ecdsa`, how the two numbers are written; default `der`. */
  form?: 'der' | 'p1363';
  sig: SignatureLocation;
  /**
   * The signed text; all but these stands for itself. Default `{body}`.
   * `{body}` `{ts}` `{method}` `{secret}`, a source as `{header:x}`; `{url}` `{url-decoded}` `{url-bare}` (without its
   * query) `{path}` `{target}` (path and query); `{headers}`; `{lower:query:x}`, in small letters; `{sorted:secret,query:a}`: these values, sorted and joined;
   * `{sorted-form}` `{sorted-query}`: names and values, sorted by name and joined, with `{sorted-form:=&}` an equals sign
   * and an ampersand between, with `{sorted-query:=&!sign,key}` without these fields; `{sorted-query-percent:=&}` percent-encoded once more,
   * `{sorted-query-plus:=&}` with a plus for a space; `{sha256:body}`
   * `{md5-base64:json:x}`: the digest of a part; `lower`, `upper`, `base64`, `quoted`, `percent`, `plus`, `net` before a part
   * likewise, up to three; `nocase-form`, `received-form` for other orders, `{lengths-form}`; `{sorted-json:!sign}`
   * `{received-json}`; `{sig:env=}`: an item beside the signature.
   */
  content?: string;
  /** Other texts that the provider may have signed instead, in the same form. */
  alternatives?: string[];
  headers?: SignedHeaders;
  ts?: TimestampLocation;
  key?: KeyFormat;
  /** Where the delivery id is, for dedupe: the first that is present. */
  id?: IdPlace[];
  handshake?: Handshake[];
  /**
   * What the sender wants to be answered, in place of what is configured; filled in as the answer to a handshake that was
   * signed. A list: the first of which every value is there; where none is, the configured one.
   */
  answer?: SchemeAnswer | SchemeAnswer[];
  /** Takes the place of the received body once the signature holds. */
  decrypt?: EncryptedPart;
}

/** What of a call can't be changed by who has seen it. Headers that the signed text doesn't name never count. */
export interface Coverage {
  /** `part`: some of its fields; `checksum`: a checksum of it, which another body can be made to fit. */
  body: 'whole' | 'part' | 'checksum' | 'none';
  /** Whether the URL is signed, with its query. */
  url: boolean;
  /** Seconds that the signed time may be off, either way; null: no time is signed, or none is compared. */
  tolerance: number | null;
}
