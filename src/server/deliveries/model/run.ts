import type { ExecutionModel, WorkflowModel } from '@nocobase/plugin-workflow';
import type { Transaction } from 'sequelize';
import type { Endpoint } from '../../endpoints/Endpoint';

/** A stored delivery that waits to be started. */
export interface QueuedDelivery {
  id: string;
  /** The version of the workflow that it was stored for, or tried in last. */
  workflowId: number | string;
  /** How often it was tried, */
  attempts: number;
  /** and the executions of those attempts. */
  executionIds: readonly (number | string)[];
  /** As {@link StartedRun} has it. */
  orderKey: string | null;
  /** JSON of `context`. */
  text: string;
  context: object;
}

/** A delivery that is to be started now. */
export interface ClaimRequest {
  endpoint: Endpoint;
  delivery: QueuedDelivery;
}

interface StartedRun {
  /** The delivery. */
  id: string;
  key: string;
  /** How often it broke off by itself in this process, */
  failures: number;
  /** and how often at all. */
  tries: number;
  /** Only one of a webhook's runs that have the same has a place; null: it waits for no other's, or that isn't known and it has its place. */
  orderKey: string | null;
  /** Whether it may be tried again where it fails, as set in the version that it was started in; not given: that isn't known. */
  isRetried?: boolean;
}

/** Its execution was made with it, and nothing of it has run. */
export interface NewRun extends StartedRun {
  kind: 'new';
  executionId: number;
  /** The executions of earlier attempts. */
  earlier: readonly (number | string)[];
  execution: ExecutionModel;
}

/** As a new one, too large to be held in memory until its turn: it is read back then. */
export interface StoredRun extends StartedRun {
  kind: 'stored';
  executionId: number;
  earlier: readonly (number | string)[];
  /** The version of the workflow that it was claimed for. */
  workflowId: number | string;
}

/** Cut off: its execution is in the database, to be resumed behind the last saved result. */
export interface CutOffRun extends StartedRun {
  kind: 'cutOff';
  executionId: number | string;
}

/** It waited, and what it waited for is there: its execution is resumed from this job. */
export interface WokenRun extends StartedRun {
  kind: 'woken';
  executionId: number | string;
  jobId: string;
  /** Whether it is noted in the database, still, as one that wants to go on: whoever takes that note may. */
  noted: boolean;
}

/** What a run waited for, which is there. */
export interface WokenBy {
  /** Saves it. @param tx null: in no transaction */
  save(tx: Transaction | null): Promise<unknown>;
  /** Whether an earlier try has saved it, whose answer was lost. */
  isSaved(): Promise<boolean>;
}

/** It has no execution yet: the engine's `trigger()` makes one of this event. */
export interface TriggerRun extends StartedRun {
  kind: 'trigger';
  event: { workflow: WorkflowModel; context: object; key: string };
}

/** A started delivery whose run this instance has claimed. */
export type ReadyRun = NewRun | StoredRun | CutOffRun | WokenRun | TriggerRun;

/** The execution of a run; null: there is none yet, as far as known. */
export function executionIdOf(run: ReadyRun): number | string | null {
  return run.kind === 'trigger' ? null : run.executionId;
}
