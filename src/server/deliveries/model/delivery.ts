import type { BodyEncoding, DeliveryStatus, InterruptionPolicy } from '../../../common/deliveries';
import type { RetryConfig } from '../../../common/config';
import type { AnswerHeaders } from '../../../common/httpFields';

/** A delivery as it goes into the database: one field per column of `webhookDeliveries`. */
export interface DeliveryRow {
  id: string;
  key: string;
  workflowId: number | string;
  /** Of the last attempt. */
  executionId: number | null;
  /** Of all attempts, in their order; null: there was none. */
  executionIds: readonly (number | string)[] | null;
  status: DeliveryStatus;
  /** Why it was refused, failed or left out; for who runs NocoBase, in English. */
  reason: string | null;
  method: string;
  path: string;
  ip: string;
  params: Record<string, string>;
  query: Record<string, unknown>;
  headers: Record<string, string | string[]>;
  contentType: string | null;
  body: string | null;
  bodyEncoding: BodyEncoding | null;
  /** JSON of `$context`, while no execution holds it. */
  context: string | null;
  provider: string | null;
  /** The type of its event; null: it isn't known. */
  event: string | null;
  secretName: string | null;
  dedupeKey: string | null;
  dedupeSlot: string | null;
  /** Of the body, where it has a slot. */
  bodyDigest: string | null;
  replayOf: string | null;
  /** As `orderKeyOf` makes it. */
  orderKey: string | null;
  owner: string | null;
  /** Of the version that it was started in; null: it is not started. */
  onInterruption: InterruptionPolicy | null;
  /** JSON of a {@link RetryConfig}, of the version that it was started in; null: a run that failed is its end. */
  retry: string | null;
  /** How often it was started. */
  attempts: number;
  /** When it is tried again; null: it doesn't wait for that. */
  nextAttemptAt: Date | null;
  /** How often another instance went on with it. */
  takeovers: number;
  responseStatus: number | null;
  responseHeaders: AnswerHeaders | null;
  responseBody: string | null;
  responseEncoding: BodyEncoding | null;
  /** JSON of a {@link KeptAnswer}. */
  repeatAnswer: string | null;
  /** Since when what is personal is gone; null: it is there. */
  erasedAt: Date | null;
  receivedAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  durationMs: number | null;
  expiresAt: Date;
}

/** An execution of the workflow engine as it goes into the database. */
export interface ExecutionRow {
  id: number;
  workflowId: number | string;
  key: string;
  /** The delivery's id and attempt, as `eventKeyOf` has it. Unique in the database: the engine itself refuses a second one. */
  eventKey: string;
  /** JSON text. */
  context: string;
  status: number;
  dispatched: boolean;
  startedAt: Date;
  expiresAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** A delivery that is to be started. */
export interface PlannedStart {
  delivery: { id: string; attempts: number; executionIds: readonly (number | string)[] };
  execution: ExecutionRow;
  /** What becomes of its run where that is cut off. */
  onInterruption: InterruptionPolicy;
  /** Whether its run is tried again where it fails. */
  retry: RetryConfig | null;
}

/** The delivery that another one is a duplicate of, as that one needs it. */
export interface OriginalDelivery {
  id: string;
  status: DeliveryStatus;
  executionId: number | string | null;
  /** Whether it was tried again, or is to be: what its first caller was told is then not what its run came to. */
  isRetried: boolean;
  /** What its run, or what is known without one, is answered with; null: that has to be read off the run. */
  answer: KeptAnswer | null;
  /** Whether that is what its first caller was told. */
  isAnswerOfCaller: boolean;
  bodyDigest: string | null;
}

/** An answer as it is kept. */
export interface KeptAnswer {
  status: number;
  headers: AnswerHeaders;
  body: string;
  /** Of the body; left out: UTF-8. */
  encoding?: BodyEncoding;
}

/** How a delivery's run ended. */
export interface Outcome {
  id: string;
  /** Which attempt's run it was: a later one is not ended by it. null: it has none, as far as known. */
  executionId: number | string | null;
  status: DeliveryStatus;
  reason: string | null;
  /** Its execution was seen to have ended, whichever instance has the run in hand. */
  isSeen?: true;
}

/** What a caller was answered, for the log and for duplicates. */
export interface RecordedAnswer {
  id: string;
  status: number;
  /** null: this is nothing that the run said, such as that it took too long. */
  headers: AnswerHeaders | null;
  /** null: it is too long. */
  body: string | null;
  /** Of the body; left out: UTF-8. */
  encoding?: BodyEncoding | null;
}

/** What the parts tell the one who runs NocoBase. */
export interface DeliveryLog {
  info(message: string, meta?: Record<string, unknown>): void;
  warn(message: string, meta?: Record<string, unknown>): void;
  error(message: string, meta?: Record<string, unknown>): void;
}
