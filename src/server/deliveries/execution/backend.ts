import type { Processor } from '@nocobase/plugin-workflow';
import type { DeliveryRow, ExecutionRow } from '../model/delivery';
import type { ClaimRequest, ReadyRun } from '../model/run';

// How a delivery is started and run. There are two backends: `direct/`, by hand, which keeps every promise, and
// `trigger/`, through the engine's own `trigger()`, where the engine lacks what that needs.

/** What is stored with a delivery whose caller waits, so that one commit stores and starts it. */
export interface StartedAtOnce {
  fields: Partial<DeliveryRow>;
  execution: ExecutionRow | null;
  run: ReadyRun;
  /** Gives the execution another id, in all of these: another one has it. */
  renumber(): void;
}

/** What became of deliveries that were to be started. */
export interface Claimed {
  /** In the order asked for, without those that someone else has taken, or that can't be started. */
  runs: ReadyRun[];
  /** Those that the database didn't take by themselves, for a reason that passes. */
  held: Held[];
  /** Why the others could not be started yet, such as that the database is away; null: nothing is left. */
  failure: Error | null;
}

/** A delivery that waits to be started, and for what. */
export interface Held {
  id: string;
  key: string;
  error: Error;
}

/** Starts deliveries. */
export interface Claimer {
  /** Whether it isn't known yet if this delivery has been started here. */
  holds(id: string): boolean;
  /**
   * Starts received deliveries, each exactly once; before them it gives those of earlier times whose COMMIT went
   * unanswered, and that are started. Never rejects where some of them were started.
   */
  claim(requests: readonly ClaimRequest[]): Promise<Claimed>;
  /**
   * Makes claimed deliveries received again that have not begun to run: their executions are gone. Never rejects: those
   * that are given back are still claimed.
   */
  unclaim(runs: readonly ReadyRun[]): Promise<ReadyRun[]>;
  /** How to start one in the commit that stores it; null: the trigger doesn't let it through. */
  startAtOnce(request: ClaimRequest): Promise<StartedAtOnce | null>;
}

/** How far a run came. */
export interface Leg {
  /** null: it has none of its own. */
  processor: Processor | null;
  /** Whether it waits for the answer to a call of its own: then it is not over yet, and nobody else's turn. */
  isCalling: boolean;
  /** Whether it is over and failed, so that it may be tried again once that is written down. */
  hasFailed: boolean;
  /** Whether nothing was done: what it was to go on from had been taken already. */
  isStale: boolean;
}

/** Why a run that has ended failed, beyond what its execution says; null: nothing is known, or it didn't. */
export type Judge = (run: Processor) => Promise<string | null>;

/** Runs started deliveries. */
export interface Runner {
  /** Whether this delivery runs here, so that its end is written down from here. */
  has(id: string): boolean;
  /** Whether it runs here, or goes on here by itself once it has what it waits for. */
  holds(id: string): boolean;
  /**
   * Runs it to its end, or to where it waits. Rejects where it broke off: then it is still started, and nothing was
   * written down.
   * @param options what nodes find in `processor.options`
   * @param judge is asked before the end of a new run is written down
   */
  run(run: ReadyRun, options?: object, judge?: Judge): Promise<Leg>;
  /** Writes down that a run was cut off and is not resumed; its execution is ended too. */
  mark(run: ReadyRun, reason: string): Promise<void>;
}
