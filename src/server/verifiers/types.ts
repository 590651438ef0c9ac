import type { WebhookAuth } from '../../common/auth';
import type { SecretInput } from '../../common/secrets';
import type { FetchCaller } from './fetching/NamedAllowance';

/** A request as the verifier sees it. */
export interface VerifyRequest {
  method: string;
  /** The webhook's public URL with its query as received; a path alone will do where no scheme signs the URL. */
  url: string;
  /** As Node gives them: lower-case names. */
  headers: Record<string, string | string[] | undefined>;
  /** The parts of the path that the webhook's own path names (`orders/:token`), decoded. */
  params?: Readonly<Record<string, string>>;
  /** The received bytes, a content coding undone; empty: no body. */
  rawBody: Buffer;
  /** The body as it came, where a content coding was undone: what `Content-Digest` is of (RFC 9530). */
  packedBody?: Buffer;
  /** Whether the socket's peer is a trusted proxy, whose word on the client's certificate counts. */
  viaTrustedProxy?: boolean;
}

/** A secret with its references resolved; never sealed. */
export interface ResolvedSecret {
  name: string | null;
  value: string;
}

export interface VerifyInput {
  auth: WebhookAuth;
  request: VerifyRequest;
  /** Unsealed. Left out: those in `auth`. */
  secrets?: readonly SecretInput[];
  /** What `{{$env.NAME}}` resolves to. */
  env?: Record<string, unknown>;
  /** Unix seconds. */
  now: number;
  /** How a scheme reaches out (JWKS, SNS certificate); left out: the real one. */
  outbound?: Outbound;
  /** Whose allowance is used where a request names what is to be fetched; left out: one for all such calls. */
  caller?: FetchCaller;
}

/** What may be fetched, and how. */
export interface OutboundRule {
  hosts: (host: string) => boolean;
  maxBytes: number;
  timeoutMs: number;
  /** The address is configured or was verified, rather than named by a stranger: it has room of its own. */
  trusted?: boolean;
}

/** The only way out for a verifier: https, hosts that the scheme allows, no redirects, never a private address. */
export interface Outbound {
  get(url: string, rule: OutboundRule): Promise<Buffer>;
}

/** An answer that the provider waits for, as headers and bytes-to-be. */
export interface ProviderReply {
  status: number;
  contentType?: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface Verified {
  ok: true;
  /** Name of the secret that matched; null: it has none, or the scheme knows no secrets. */
  secretName: string | null;
  /** What the provider calls this delivery; null: it doesn't say. */
  deliveryId: string | null;
  /** Set: this is a provider's URL challenge. Answer with it and start nothing. */
  handshake?: ProviderReply & {
    /** Name of what was answered, for the log. */ kind: string;
    /** A secret the provider handed over. */ captureSecret?: string;
  };
  /** Set: what was verified, and as what; this takes the place of the received bytes and type from here on. */
  plaintext?: { body: Buffer; contentType: string };
  /** What the request says of its body that nobody signed and its bytes don't bear out: the maker has to choose it. */
  unsigned?: { type?: string; charset?: string };
  /** Set: the provider wants this answer in place of the configured one (an encrypted `success`, `[accepted]`). */
  reply?: ProviderReply;
}

export interface NotVerified {
  ok: false;
  /** For the delivery log, never for the caller: an English sentence a maker can act on. */
  reason: string;
  /** In place of 401: what the service wants to be told about a wrong challenge. */
  status?: number;
}

export type VerifyResult = Verified | NotVerified;

/** Schemes that need no outside call answer at once; the others with a promise. */
export type MaybePromise<T> = T | Promise<T>;

/** What a provider with code of its own is given. */
export interface CodeProviderInput {
  request: VerifyRequest;
  /** Those that have not expired. */
  secrets: readonly ResolvedSecret[];
  /** The provider's settings, secret ones in the clear. */
  options: Record<string, unknown>;
  /** Seconds; left out: the scheme's own. */
  tolerance?: number;
  /** Unix seconds. */
  now: number;
  outbound: Outbound;
  /** Left out: as in {@link VerifyInput}. */
  caller?: FetchCaller;
}

/** A scheme that data can't describe. It refuses what it doesn't understand and never throws. */
export type CodeProvider = (input: CodeProviderInput) => MaybePromise<VerifyResult>;
