import type { BodyEncoding, DeliveryStatus, InterruptionPolicy } from '../../../common/deliveries';

/** A delivery as it goes into the database: one field per column of `webhookDeliveries`. */
export interface DeliveryRow {
  id: string;
  key: string;
  workflowId: number | string;
  executionId: number | null;
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
  secretName: string | null;
  dedupeKey: string | null;
  dedupeSlot: string | null;
  /** Of the body, where it has a slot. */
  bodyDigest: string | null;
  replayOf: string | null;
  owner: string | null;
  /** Of the version that it was started in; null: it is not started. */
  onInterruption: InterruptionPolicy | null;
  attempts: number;
  responseStatus: number | null;
  responseHeaders: Record<string, string> | null;
  responseBody: string | null;
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
  /** The delivery's id. Unique in the database: the engine itself refuses a second execution. */
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
  execution: ExecutionRow;
  /** What becomes of its run where that is cut off. */
  onInterruption: InterruptionPolicy;
}

/** The delivery that another one is a duplicate of, as that one needs it. */
export interface OriginalDelivery {
  id: string;
  status: DeliveryStatus;
  executionId: number | string | null;
  /** What its run, or what is known without one, is answered with; null: that has to be read off the run. */
  answer: KeptAnswer | null;
  bodyDigest: string | null;
}

/** An answer as it is kept. */
export interface KeptAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** How a delivery's run ended. */
export interface Outcome {
  id: string;
  status: DeliveryStatus;
  reason: string | null;
}

/** What a caller was answered, for the log and for duplicates. */
export interface RecordedAnswer {
  id: string;
  status: number;
  /** null: this is nothing that the run said, such as that it took too long. */
  headers: Record<string, string> | null;
  /** null: it is no text, or too long. */
  body: string | null;
}

/** What the parts tell the one who runs NocoBase. */
export interface DeliveryLog {
  info(message: string, meta?: Record<string, unknown>): void;
  warn(message: string, meta?: Record<string, unknown>): void;
  error(message: string, meta?: Record<string, unknown>): void;
}
