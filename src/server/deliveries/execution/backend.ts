import type { ExecutionModel, Processor, WorkflowModel } from '@nocobase/plugin-workflow';
import type { Endpoint } from '../../endpoints/Endpoint';
import type { QueuedDelivery } from '../queue/WebhookQueue';
import type { DeliveryRow, ExecutionRow } from '../model/delivery';

// How a delivery is started and run. There are two ways: by hand (`DirectClaimer` and `DirectRunner`, on `WorkflowEngine.ts`), which
// keeps every promise, and through the engine's own `trigger()` (`trigger/`), where the engine lacks what that needs.

/** A delivery that is to be started now. */
export interface Pick {
  endpoint: Endpoint;
  delivery: QueuedDelivery;
}

/** A started delivery whose run this instance has in hand: a new one, or one that was cut off. */
export interface ReadyRun {
  /** The delivery. */
  id: string;
  key: string;
  /** null: not known yet, since the engine makes it. */
  executionId: number | string | null;
  /** The model of an execution that was made with it; null: there is one to be gone on with, or none yet. */
  execution: ExecutionModel | null;
  /** What the engine is to make an execution of; null: it needn't. */
  event: { workflow: WorkflowModel; context: object } | null;
  /** How often it broke off in this process. */
  failures: number;
}

/** What is stored with a delivery whose caller waits, so that one commit stores and starts it. */
export interface StartedAtOnce {
  fields: Partial<DeliveryRow>;
  execution: ExecutionRow | null;
  run: ReadyRun;
}

export interface Claimer {
  /**
   * Starts them, each exactly once; what comes back is in the same order, and without those that someone else has
   * taken, or that can't be started. Rejects where the database is away.
   */
  start(picks: readonly Pick[]): Promise<ReadyRun[]>;
  /** How to start one in the commit that stores it; null: the trigger doesn't let it through. */
  startAtOnce(pick: Pick): Promise<StartedAtOnce | null>;
}

export interface Runner {
  /** Whether this delivery runs here, so that its end is written down from here. */
  has(id: string): boolean;
  /**
   * Runs it to its end, or to where it waits; null: it has no processor of its own. Rejects where it broke off:
   * then it is still started, and nothing was written down.
   * @param options what nodes find in `processor.options`
   */
  run(run: ReadyRun, options?: object): Promise<Processor | null>;
  /** Writes down that a run was cut off and is not gone on with; its execution is ended too. */
  mark(run: ReadyRun, reason: string): Promise<void>;
}
