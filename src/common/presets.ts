// Framework-free: how a signature scheme is described. Providers are rows of data; one engine reads them all.

/**
 * Where a value is found: a header, a query parameter, a place in the JSON body (`a.b`, `value[].x`, `[].x`), a child
 * of the XML body's root, or a setting of the webhook.
 */
export type Source = `header:${string}` | `query:${string}` | `json:${string}` | `xml:${string}` | `config:${string}`;

/** Where a delivery id is; `fields:json:a,header:b`: all of these together are it, and none may be missing. */
export type IdPlace = Source | `fields:${string}`;

export type SignatureKind = 'hmac' | 'hash' | 'token' | 'ed25519' | 'ecdsa' | 'rsa';
export type HashAlgorithm = 'sha1' | 'sha256' | 'sha384' | 'sha512';
export type SignatureEncoding = 'hex' | 'base64' | 'base64url';
export type KeyEncoding = 'utf8' | 'base64' | 'hex' | 'pem' | 'spki-base64' | 'raw-hex' | 'raw-base64';

/** Where the signature stands and how it is written. */
export interface SignatureLocation {
  from: Source | Source[];
  /** Separator of a list of signatures or `k=v` items in one value. */
  split?: string;
  /** Only items with this prefix count; the prefix is taken off. */
  prefix?: string;
  /** Default `hex`. */
  enc?: SignatureEncoding;
  /** Text taken off the front of the value before it is compared, such as `Bearer `. */
  strip?: string;
  /** For a source with several values (`value[].x`): every one of them must match. */
  all?: boolean;
}

/** Where the signed time stands. */
export interface TimestampLocation {
  /** `sig:t=` reads the item with that prefix out of the signature's own list. */
  from: Source | `sig:${string}`;
  /** Default `s`. */
  unit?: 's' | 'ms';
  /** Seconds that the time may be off, either way; 0: not checked, but it must be 10 digits (13 with `ms`). */
  tol: number;
}

export interface KeyFormat {
  /** Default `utf8`. */
  enc?: KeyEncoding;
  /** Prefix of the secret that is not part of the key, such as `whsec_`. */
  strip?: string;
  /** The request names the key; only the secret of that name is tried. */
  idFrom?: Source;
}

/** A provider's URL challenge: when it is one, what proves it, and what is answered. */
export interface Handshake {
  /** What the delivery log calls it. */
  kind: string;
  /** `method`, `has` (a source that must be present), or a source with the value it must have. */
  when: Record<string, unknown>;
  /**
   * `if-no-secret`: only while no secret is set at all. Or a value of the request that a setting must equal;
   * `list`: the setting is text with spaces or commas between several, any of which will do.
   */
  auth: 'signature' | 'none' | 'if-no-secret' | { from: Source; equals: Source; list?: boolean };
  /** A secret that the provider hands over in this call. */
  capture?: { secret: Source };
  /**
   * Texts may hold `{header:x}` `{query:x}` `{json:x}`, and `{hmac-hex:json:x}` for its HMAC-SHA256 under the secret.
   * A header whose value is missing is left out; a body whose value is missing refuses.
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

/** One signature scheme. Default of `alg` is `sha256`. */
export interface SignatureScheme {
  kind: SignatureKind;
  alg?: HashAlgorithm;
  sig: SignatureLocation;
  /**
   * The signed text, with `{body}` `{ts}` `{url}` `{method}` `{secret}` `{header:x}` `{query:x}`
   * `{json:x}` `{sorted:secret,query:a,query:b}` `{url-decoded}`; all else stands for itself. Default `{body}`.
   */
  content?: string;
  /** Other texts that the provider may have signed instead, in the same form. */
  alternatives?: string[];
  ts?: TimestampLocation;
  key?: KeyFormat;
  /** Where the delivery id is, for dedupe: the first that is present. */
  id?: IdPlace[];
  handshake?: Handshake[];
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
