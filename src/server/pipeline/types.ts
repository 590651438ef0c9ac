import type { IncomingMessage } from 'node:http';
import type { DuplicateRule } from '../deliveries/intake/duplicates';
import type { DedupeKey } from '../deliveries/model/dedupe';
import type { ReadyRun } from '../deliveries/model/run';
import type { BodyFormat } from '../../common/contentTypes';
import type { AnswerHeaders } from '../../common/httpFields';
import type { Endpoint } from '../endpoints/Endpoint';
import type { RouteCandidate } from '../endpoints/RouteTable';
import type { WebhookFile } from '../files/FileStore';
import type { Lease } from '../net/budget/Lease';
import type { BigNumber } from '../numberMarks';
import type { Upload } from '../parsers/types';
import type { Verified as Verification } from '../verifiers/types';

/** Where a request's path leads: below `webhooks/`, or by the alias, which knows keys only. */
export interface WebhookTarget {
  path: string;
  keyOnly: boolean;
}

/** A request as it came in; nothing of it read or trusted yet. */
export interface Received {
  /** Ours, made on arrival; becomes the execution's event key. */
  deliveryId: string;
  receivedAt: Date;
  method: string;
  target: WebhookTarget;
  /** The path as received, without query. */
  path: string;
  /** Without the question mark; empty: none. */
  search: string;
  /** As the caller called it, by the public URL or else by what a trusted proxy says: what some providers sign. */
  url: string;
  headers: Record<string, string | string[]>;
  /** The caller's address, as far as trusted proxies vouch for it; empty: it can't be told. */
  ip: string;
  /** Whether the socket's other end is a trusted proxy. */
  viaTrustedProxy: boolean;
  /** What the request holds of the process's budget. */
  lease: Lease;
  /** The body, unread. */
  stream: IncomingMessage;
}

export interface Matched extends Received {
  /** All webhooks with this path; they differ in methods. */
  candidates: readonly RouteCandidate[];
}

export interface Accepted extends Received {
  endpoint: Endpoint;
  params: Record<string, string>;
  /** The webhook doesn't take this method: it came in because it looks like its provider's URL challenge. */
  challengeOnly: boolean;
}

export interface Read extends Accepted {
  /** The received bytes, a content coding undone; empty: no body. */
  rawBody: Buffer;
  /** The body as it came, where a content coding was undone. */
  packedBody?: Buffer;
}

export interface VerifiedDelivery extends Read {
  verification: Verification;
  /** Of a request whose provider signs an id for one request: by what that id is known. */
  singleUseSlot?: string;
}

export interface Parsed extends VerifiedDelivery {
  data: unknown;
  query: Record<string, unknown>;
  /** As what the body was read; null: there was none. */
  format: BodyFormat | null;
  /** The numbers that stand in `data` as texts. */
  bigNumbers: readonly BigNumber[];
  /** `data` with each number as the text that was sent; read when it is first asked for. */
  sourceData(): unknown;
  /** The files of a multipart body, in memory. */
  uploads: Upload[];
  /** The body without the bytes of its files; left out: it has none. */
  withoutFiles?: Buffer;
  /** Of a multipart body: SHA-256, in hex, of its parts. */
  partsDigest?(): string;
  /** The same as the workflow sees them; before they are stored: what they are called, and their size. */
  files: WebhookFile[];
}

export interface WithEvent extends Parsed {
  /** The type of its event; of several in one call, all, with commas between; null: it isn't known. */
  event: string | null;
}

/** What the workflow sees as `$context`. */
export interface WebhookContext {
  data: unknown;
  headers: Record<string, string | string[]>;
  query: Record<string, unknown>;
  params: Record<string, string>;
  method: string;
  path: string;
  ip: string;
  deliveryId: string;
  /** ISO 8601. */
  receivedAt: string;
  provider: string | null;
  /** As {@link WithEvent.event}. */
  event: string | null;
  /** Of a multipart body. */
  files: WebhookFile[];
  /** Variables by their alias; what the request lacks is left out. */
  vars: Record<string, unknown>;
  /** Only where the webhook asks for it. */
  rawBody?: string;
}

export interface Deduped extends WithEvent {
  /** What tells its repeats from others; null: nothing does. */
  dedupe: (DedupeKey & DuplicateRule) | null;
}

export interface Stored extends Deduped {
  context: WebhookContext;
  /** The run that the caller waits for; null: async, it is started from the inbox. */
  run: ReadyRun | null;
  /** What an async caller is answered; null: that is up to the run. */
  answer: Answer | null;
}

export interface Started extends Stored {
  /** Of a sync webhook; null: async, it runs on its own. */
  result: RunResult | null;
}

/** What a caller who waits is answered: what a response node said, while the run may go on, or what it is set to at its end. */
export interface RunResult {
  /** `runsOn`: it wasn't done in time, and the answer says no more than that. */
  kind: 'succeeded' | 'failed' | 'runsOn';
  answer: Answer;
}

/** The one form in which an answer reaches the caller. */
export interface Answer {
  status: number;
  headers: AnswerHeaders;
  /** Empty: no body. */
  body: string | Buffer;
}

/** How a delivery that starts nothing goes into the log. */
export interface LogEntry {
  status: 'ignored' | 'duplicate';
  reason: string;
}

/** Ends the pipeline early with an answer that is no refusal; nothing is started. */
export class EarlyAnswer {
  /** @param log null: not worth a line in the log */
  constructor(
    readonly answer: Answer,
    readonly log: LogEntry | null = null,
  ) {}
}
