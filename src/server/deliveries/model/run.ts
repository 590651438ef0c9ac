import type { ExecutionModel, WorkflowModel } from '@nocobase/plugin-workflow';
import type { Transaction } from 'sequelize';
import type { Endpoint } from '../../endpoints/Endpoint';

/** A stored delivery that waits to be started. */
export interface QueuedDelivery {
  id: string;
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
}

/** Its execution was made with it, and nothing of it has run. */
export interface NewRun extends StartedRun {
  kind: 'new';
  executionId: number;
  execution: ExecutionModel;
}

/** As a new one, too large to be held in memory until its turn: it is read back then. */
export interface StoredRun extends StartedRun {
  kind: 'stored';
  executionId: number;
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
  event: { workflow: WorkflowModel; context: object };
}

/** A started delivery whose run this instance has claimed. */
export type ReadyRun = NewRun | StoredRun | CutOffRun | WokenRun | TriggerRun;

/** The execution of a run; null: there is none yet, as far as known. */
export function executionIdOf(run: ReadyRun): number | string | null {
  return run.kind === 'trigger' ? null : run.executionId;
}
