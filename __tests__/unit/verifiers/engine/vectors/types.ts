import type { SignatureAuth } from '../../../../../src/common/auth';
import type { Coverage } from '../../../../../src/common/presets';
import type { SecretInput } from '../../../../../src/common/secrets';
import type { ProviderReply } from '../../../../../src/server/verifiers/types';

export interface VectorRequest {
  method?: string;
  url?: string;
  headers?: Record<string, string>;
  params?: Record<string, string>;
  body?: string;
}

/** A request as the provider makes it, written down literally, so that a wrong engine can't agree with itself. */
export interface Vector {
  /** A provider's id; with `scheme`, what it is called here. */
  provider: string;
  /** What a maker sets up in place of choosing a provider. */
  scheme?: Omit<SignatureAuth, 'type' | 'secrets'>;
  /** Where it is from, or what computed it. */
  source: string;
  secret: SecretInput;
  /** Another secret of the right form, that didn't sign. */
  otherSecret: SecretInput;
  options?: Record<string, unknown>;
  request: VectorRequest;
  /** Unix seconds at which it was signed. */
  at: number;
  deliveryId: string | null;
  /** The name of what verified it, where that isn't the secret's. */
  signer?: string;
  /** `header:x` or `query:x` or `json:x`. */
  signature: string;
  /** Whether the scheme has lists of signatures. */
  isList?: boolean;
  /** Headers, query parameters and parts beside the body that are signed: each is changed in turn. */
  signed?: string[];
  /** Default true. */
  signsBody?: boolean;
  /** Seconds; left out: no time is checked. */
  tolerance?: number;
  /** A token is compared, nothing is decoded. */
  isToken?: boolean;
  /** What is answered in place of what is configured. */
  reply?: ProviderReply;
  /** The same a year later, where the time of the answer is in it. */
  replyAYearLater?: ProviderReply;
  /** What stands at the address where keys are fetched from. */
  fetched?: string;
  /** Nothing is set here that could be called a secret. */
  hasNoSecret?: boolean;
  /** It says itself when it ends. */
  expires?: boolean;
  plaintext?: string;
  /** Default JSON. */
  plaintextType?: string;
}

/** What is known of a provider of the catalogue, as its documentation says. */
export interface ProviderFacts {
  provider: string;
  /** What its proof covers: body; whether the URL; seconds of the signed time. */
  covers: [body: Coverage['body'], url: boolean, tolerance: number | null];
  /** Whether its delivery id is part of what is signed; null: it gives none. */
  idSigned: boolean | null;
  /** Where a call of its shows its credential, or one that it hands over; left out: nowhere. */
  shows?: string[];
  vectors: Omit<Vector, 'provider'>[];
  /** One for each handshake of the row. */
  challenges?: Omit<Challenge, 'provider'>[];
}

/** A provider's URL challenge and what it waits for. */
export interface Challenge {
  name: string;
  provider: string;
  scheme?: Vector['scheme'];
  source: string;
  secrets: SecretInput[];
  options?: Record<string, unknown>;
  request: VectorRequest;
  at: number;
  reply: ProviderReply & { kind: string; captureSecret?: string };
  /** The same with what proves it broken: must be refused. Left out: nothing has to prove it. */
  broken?: VectorRequest;
}
