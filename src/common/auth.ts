// Framework-free: the ways in which a call can prove where it comes from, as `workflow.config.auth` holds them.

import type { JwtAlgorithm } from './jwtAlgorithms';
import type { Handshake, HashAlgorithm, SignatureEncoding, SignatureKind, SignatureScheme, Source } from './presets';
import type { SecretInput } from './secrets';

export interface NoAuth {
  type: 'none';
}

/** HTTP Basic, RFC 7617: user name and passwords in UTF-8. */
export interface BasicAuth {
  type: 'basic';
  /** Without a colon, which ends it. Empty: the sender gives none, as Azure DevOps does; never "whichever". */
  username: string;
  /** Several at once, so that one can be changed while the other still works. */
  passwords: SecretInput[];
}

/** A shared token in a header, a query parameter or the body. */
export interface TokenAuth {
  type: 'token';
  in: 'header' | 'query' | 'body';
  /** Header, query parameter or field that carries the token; a field of a JSON body goes down with dots. */
  name: string;
  /** Word before the token, such as `Bearer`; empty: none. */
  scheme?: string;
  secrets: SecretInput[];
}

/** A signature scheme that the maker fills in: the presets' own form. */
export interface SignatureAuth extends Omit<SignatureScheme, 'kind' | 'decrypt' | 'answer'> {
  type: 'signature';
  /** Default `hmac`. */
  kind?: SignatureKind;
  /** Shared secrets, or the sender's public keys; none where `key.url` says where those are fetched from. */
  secrets: SecretInput[];
}

/** Where a token may stand: of a body, in the field of JSON or of a form, or below one that holds JSON. */
export function tokenSources({ in: place, name }: Pick<TokenAuth, 'in' | 'name'>): Source[] {
  return place === 'body'
    ? [`json:${name}`, `form:${name}`, ...(name.includes('.') ? [`form-json:${name}` as const] : [])]
    : [`${place}:${name}`];
}

/** A provider from the list; `tolerance` (seconds) overrides the scheme's own. */
export interface ProviderAuth {
  type: 'provider';
  provider: string;
  secrets: SecretInput[];
  options?: Record<string, unknown>;
  tolerance?: number;
}

/** A JSON Web Token, RFC 7519. HS… algorithms need `secrets`, all others `publicKey` or `jwksUrl`. */
export interface JwtAuth {
  type: 'jwt';
  /** Default `header`. In the body, what the token says takes its place. */
  in?: 'header' | 'query' | 'body';
  /**
   * Header or query parameter that carries the token; default `authorization`, in a query `token`. Of a body a field of
   * JSON (dots go down) or of a form; without a name the token is the whole body.
   */
  name?: string;
  /** Word before the token; default `Bearer` in the `authorization` header, else none. */
  scheme?: string;
  /** The algorithms that are taken, and no others. */
  algorithms: JwtAlgorithm[];
  secrets?: SecretInput[];
  /** PEM (key or certificate), JWK or JWKS, as text. */
  publicKey?: string;
  jwksUrl?: string;
  issuer?: string;
  audience?: string;
  /** Seconds that the token's times may be off; default 30. */
  clockTolerance?: number;
  /** Whether a token without an end (`exp`) is refused; default true. */
  requireExpiry?: boolean;
  /** Seconds since the token was issued (`iat`, which it must then have); left out: not looked at. */
  maxAge?: number;
  /** Claims that the token must have, with the value or one of the values that they must have. */
  claims?: Record<string, string | string[]>;
  /** A claim that holds a hash of the body, so that the token is good for that body alone. */
  bodyHash?: { claim: string; alg?: HashAlgorithm; enc?: SignatureEncoding };
  /** Pings and challenges, which come without a token: whoever asks is answered, with nothing that the secret is in. */
  handshake?: Handshake[];
}

/** A client certificate that a trusted proxy has checked; the proxy says so, and whose it is, in headers. */
export interface MtlsAuth {
  type: 'mtls';
  /** Header with the proxy's verdict, such as `x-ssl-client-verify`. */
  verifyHeader: string;
  /** What the verdict must be, such as `SUCCESS`. */
  verifyValue: string;
  /** Header with the certificate's subject or fingerprint. */
  identityHeader: string;
  /** The identities that are let in, exactly as the proxy writes them. */
  allowed: string[];
}

export type WebhookAuth = NoAuth | BasicAuth | TokenAuth | JwtAuth | MtlsAuth | SignatureAuth | ProviderAuth;

/** The secrets that calls are verified by, whichever way that is; empty where none is shared, or no list is there. */
export function secretsOf(auth: WebhookAuth): SecretInput[] {
  const listed: unknown = auth.type === 'basic' ? auth.passwords : 'secrets' in auth ? auth.secrets : [];
  // Settings that nobody has checked: a text is not taken for a list of its letters.
  return Array.isArray(listed) ? (listed as SecretInput[]) : [];
}
