import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import {
  abortExecution,
  EXECUTION_REASON,
  EXECUTION_STATUS,
  getExecutionLockKey,
  JOB_STATUS,
  type ExecutionModel,
  type JobModel,
  type Processor,
  type WorkflowModel,
} from '@nocobase/plugin-workflow';
import type { Application } from '@nocobase/server';
import { BACKGROUND_NODES } from './backgroundNodes';
import type { ExecutionRow, Outcome } from './types';

// What leans on how the workflow engine works inside: everything that its dispatcher does around a run. What that is
// stands in `engineParts.ts`; `engine.contract.test.ts` fails when a new NocoBase version changes it.

/** How long a run waits for its execution's lock, and how long the lock holds: the dispatcher's own figures. */
const LOCK_MS = 60_000;

/** Told of a run that is not over but waits. The execution is locked until it is done: nobody goes on with it before. */
export type OnWait = (execution: ExecutionModel) => Promise<void>;

/** Runs executions the way the workflow engine's dispatcher does, without its queue. */
export class Engine {
  constructor(
    protected readonly app: Application,
    protected readonly workflows: PluginWorkflowServer,
  ) {}

  /** Whether this process runs workflows (`WORKER_MODE`). */
  get serving(): boolean {
    return this.workflows.serving();
  }

  /** The version of a workflow that runs now, with its nodes cached where the engine caches them. */
  current(workflow: WorkflowModel): WorkflowModel {
    return this.workflows.enabledCache.get(workflow.id) ?? workflow;
  }

  /** Whether the trigger lets this event through. */
  async isValid(workflow: WorkflowModel, context: object, eventKey: string): Promise<boolean> {
    const trigger = this.workflows.triggers.get(workflow.type);
    return trigger ? trigger.validateEvent(workflow, context, { eventKey } as object) : false;
  }

  /** The execution of a delivery as it goes into the database: started, and not for the engine's queue. */
  planExecution(workflow: WorkflowModel, deliveryId: string, context: string): ExecutionRow {
    const now = new Date();
    return {
      id: this.app.snowflakeIdGenerator.generate() as number,
      workflowId: workflow.id,
      key: workflow.key,
      eventKey: deliveryId,
      context,
      status: EXECUTION_STATUS.STARTED,
      dispatched: true,
      startedAt: now,
      expiresAt: this.workflows.timeoutManager.getExpiresAt({ workflow } as ExecutionModel, now),
      createdAt: now,
      updatedAt: now,
    };
  }

  /** The model of an execution that was just inserted, without reading it back. */
  toModel(row: ExecutionRow, workflow: WorkflowModel, context: object): ExecutionModel {
    const Model = this.app.db.getModel<ExecutionModel>('executions');
    const execution = Model.build({ ...row, context }, { isNewRecord: false, raw: true });
    execution.workflow = workflow;
    return execution;
  }

  /**
   * Runs a new execution to its end, or to where it waits. Rejects where the run broke off without a saved
   * result, which leaves the execution started.
   * @param options what nodes find in `processor.options`
   */
  async run(execution: ExecutionModel, options: object, onWait: OnWait): Promise<Processor> {
    return this.exclusively(execution, onWait, async () => {
      const processor = this.workflows.createProcessor(execution, options);
      // A new execution has no jobs: two queries less.
      processor.prepare = () => prepareFresh(processor);
      await processor.start();
      return processor;
    });
  }

  /**
   * Goes on with an execution that was cut off, behind the last result that was saved. The engine saves the
   * results of a run when it ends or waits: what was done since is done again. So is what was sent out by a node that
   * waited for an answer in memory. Resolves to the execution as it stands then; null: it is gone.
   */
  async resume(executionId: number | string | null, onWait: OnWait): Promise<ExecutionModel | null> {
    const execution = executionId === null ? null : await this.find(executionId);
    if (!execution) {
      return null;
    }
    await this.exclusively(execution, onWait, async () => {
      // The engine may have gone on with it while the lock was waited for.
      await execution.reload();
      if (execution.status === EXECUTION_STATUS.STARTED) {
        await this.goOn(execution);
      }
    });
    return execution;
  }

  /** Whether it waits for something that only this process's memory knows of. */
  async waitsInMemory(execution: ExecutionModel): Promise<boolean> {
    if (execution.status !== EXECUTION_STATUS.STARTED) {
      return false;
    }
    const filter = { executionId: execution.id, status: JOB_STATUS.PENDING, 'node.type.$in': BACKGROUND_NODES };
    return (await this.app.db.getRepository('jobs').count({ filter })) > 0;
  }

  /** The stored execution; null: there is none. */
  find(executionId: number | string): Promise<ExecutionModel | null> {
    return this.app.db.getRepository('executions').findOne({ filterByTk: executionId });
  }

  /** Whether the workflow keeps no execution with this one's status. */
  isUnwanted({ status, workflow }: ExecutionModel): boolean {
    const unwanted: unknown = workflow?.options?.deleteExecutionOnStatus;
    return Boolean(status) && Array.isArray(unwanted) && unwanted.includes(status);
  }

  /** Ends an execution that has not ended, and all that it waits for. */
  async abort(execution: ExecutionModel, reason?: 'manual_cancel'): Promise<boolean> {
    return abortExecution(this.workflows, execution, { reason });
  }

  private async exclusively<T>(execution: ExecutionModel, onWait: OnWait, work: () => Promise<T>): Promise<T> {
    const lock = await this.app.lockManager.tryAcquire(getExecutionLockKey(execution.id), LOCK_MS);
    return lock.runExclusive(async () => {
      this.workflows.timeoutManager.scheduleExecutionTimeout(execution);
      const result = await work();
      if (execution.status === EXECUTION_STATUS.STARTED) {
        await onWait(execution);
      }
      return result;
    }, LOCK_MS);
  }

  private async goOn(execution: ExecutionModel): Promise<void> {
    const processor = this.workflows.createProcessor(execution);
    const jobs = await execution.getJobs({
      order: [
        ['updatedAt', 'DESC'],
        ['id', 'DESC'],
      ],
    });
    const [last] = jobs;
    if (!last) {
      return processor.start();
    }
    await processor.prepare();
    const forgotten = jobs.filter((job) => isForgotten(job, processor));
    if (forgotten.length > 0) {
      return this.askAgain(execution, forgotten);
    }
    if (jobs.some((job) => isWaitingLeaf(job, processor))) {
      return;
    }
    const node = processor.nodesMap.get(last.nodeId);
    if (!node) {
      throw new Error(`node ${last.nodeId} is gone, so execution ${execution.id} can't be gone on with`);
    }
    if (typeof this.workflows.instructions.get(node.type)?.resume === 'function') {
      await processor.resume(last);
    } else if (last.status === JOB_STATUS.RESOLVED && node.downstream) {
      await processor.run(node.downstream, last);
    } else {
      await processor.end(node, last);
    }
  }

  /** Runs these nodes again, each in the job that it has. */
  private async askAgain(execution: ExecutionModel, jobs: readonly JobModel[]): Promise<void> {
    for (const { nodeId } of jobs) {
      if (execution.status === EXECUTION_STATUS.STARTED) {
        await this.workflows.createProcessor(execution).rerun({ nodeId, overwrite: true });
      }
    }
  }
}

/** What an execution's end means for its delivery; null: it has not ended. */
export function outcomeOf(id: string, status: number | null | undefined, reason?: string | null): Outcome | null {
  if (status === null || status === undefined || status === EXECUTION_STATUS.STARTED) {
    return null;
  }
  if (status === EXECUTION_STATUS.RESOLVED) {
    return { id, status: 'succeeded', reason: null };
  }
  if (status === EXECUTION_STATUS.ABORTED && reason === EXECUTION_REASON.TIMEOUT) {
    return { id, status: 'timedOut', reason: 'the workflow took longer than its own time-out' };
  }
  const name = Object.entries(EXECUTION_STATUS).find(([, value]) => value === status)?.[0] ?? String(status);
  return { id, status: 'failed', reason: `execution ended as ${name}${reason ? ` (${reason})` : ''}` };
}

/** What `processor.prepare` does, for an execution that has no jobs yet. */
async function prepareFresh(processor: Processor): Promise<void> {
  const { execution } = processor;
  const { workflow } = execution;
  if (!workflow) {
    throw new Error(`workflow ${execution.workflowId} not found for execution ${execution.id}`);
  }
  const nodes = workflow.nodes ?? (await workflow.getNodes());
  workflow.nodes = nodes;
  processor.nodes = nodes;
  processor.nodesMap = new Map(nodes.map((node) => [node.id, node]));
  for (const node of nodes) {
    const upstream = node.upstreamId ? processor.nodesMap.get(node.upstreamId) : undefined;
    const downstream = node.downstreamId ? processor.nodesMap.get(node.downstreamId) : undefined;
    if (upstream) {
      node.upstream = upstream;
    }
    if (downstream) {
      node.downstream = downstream;
    }
  }
  execution.jobs = [];
}

/** Whether a job waits for what a process that is gone had in its memory. */
function isForgotten(job: JobModel, processor: Processor): boolean {
  const type = processor.nodesMap.get(job.nodeId)?.type;
  return job.status === JOB_STATUS.PENDING && type !== undefined && BACKGROUND_NODES.includes(type);
}

/** A pending job with no branch below it waits for the world outside; one with branches waits for those. */
function isWaitingLeaf(job: JobModel, processor: Processor): boolean {
  return (
    job.status === JOB_STATUS.PENDING &&
    !processor.nodes.some((node) => node.branchIndex !== null && node.upstream?.id === job.nodeId)
  );
}
