import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import {
  EXECUTION_STATUS,
  getExecutionLockKey,
  JOB_STATUS,
  type ExecutionModel,
  type JobModel,
  type Processor,
} from '@nocobase/plugin-workflow';
import type { Application } from '@nocobase/server';
import type { Lease } from '../../concurrency/Lease';
import { BACKGROUND_NODES } from '../backgroundNodes';
import { WorkflowEngine } from '../WorkflowEngine';
import { useFastPath } from './fastPath';
import { useLease } from './processor/useLease';
import { useOwnExit } from './processor/ownExit';
import type { RunSaver } from './RunSaver';

// What leans on how the workflow engine works inside: everything that its dispatcher does around a run, but for how a run
// begins (`fastPath.ts`) and leaves its nodes (`processor/ownExit.ts`). What that is
// stands in `engineParts.ts`; `engine.contract.test.ts` fails when a new NocoBase version changes it.

/** How long a run waits for its execution's lock, and how long the lock holds: the dispatcher's own figures. */
const LOCK_MS = 60_000;

/** Told of a run that is not over but waits. The execution is locked until it is done: nobody resumes it before. */
export type OnWait = (execution: ExecutionModel) => Promise<void>;

/** Runs executions the way the workflow engine's dispatcher does, without its queue. */
export class DirectEngine extends WorkflowEngine {
  constructor(
    app: Application,
    workflows: PluginWorkflowServer,
    private readonly saver: RunSaver,
    private readonly lease: Lease,
  ) {
    super(app, workflows);
  }

  /**
   * Runs a new execution to its end, or to where it waits. Rejects where the run broke off without a saved
   * result, which leaves the execution started.
   * @param options what nodes find in `processor.options`
   */
  async run(execution: ExecutionModel, options: object, onWait: OnWait): Promise<Processor> {
    return this.exclusively(execution, onWait, async () => {
      const processor = this.processorOf(execution, options);
      useFastPath(processor);
      await processor.start();
      return processor;
    });
  }

  /**
   * Resumes an execution that was cut off, behind the last result that was saved. The engine saves the
   * results of a run when it ends or waits: what was done since is done again. So is what was sent out by a node that
   * waited for an answer in memory.
   * @param execution as it was found; as it stands then, after this
   */
  async resume(execution: ExecutionModel, onWait: OnWait): Promise<void> {
    await this.exclusively(execution, onWait, async () => {
      // The engine may have resumed it while the lock was waited for.
      await execution.reload();
      if (execution.status === EXECUTION_STATUS.STARTED) {
        await this.resumeBehindLastResult(execution);
      }
    });
  }

  /**
   * Resumes an execution that waited, from the job that has what it waited for, as the engine does.
   * @param execution as it was found; as it stands then, after this
   */
  async resumeFrom(execution: ExecutionModel, jobId: string, onWait: OnWait): Promise<void> {
    await this.exclusively(execution, onWait, async () => {
      await execution.reload();
      const job: JobModel | null = await this.app.db.getRepository('jobs').findOne({ filterByTk: jobId });
      if (job && execution.status === EXECUTION_STATUS.STARTED) {
        job.execution = execution;
        await this.processorOf(execution).resume(job);
      }
    });
  }

  /** Makes a processor write what it comes to, and go on from node to node, only as long as its run is this instance's. */
  equip(processor: Processor): Processor {
    useOwnExit(processor, this.workflows, this.saver);
    useLease(processor, this.lease);
    return processor;
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

  private processorOf(execution: ExecutionModel, options?: object): Processor {
    return this.equip(this.workflows.createProcessor(execution, options));
  }

  private async resumeBehindLastResult(execution: ExecutionModel): Promise<void> {
    const processor = this.processorOf(execution);
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
      return this.sendAgain(execution, forgotten);
    }
    if (jobs.some((job) => isWaitingLeaf(job, processor))) {
      return;
    }
    const node = processor.nodesMap.get(last.nodeId);
    if (!node) {
      throw new Error(`node ${last.nodeId} is gone, so execution ${execution.id} can't be resumed`);
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
  private async sendAgain(execution: ExecutionModel, jobs: readonly JobModel[]): Promise<void> {
    for (const { nodeId } of jobs) {
      if (execution.status === EXECUTION_STATUS.STARTED) {
        await this.processorOf(execution).rerun({ nodeId, overwrite: true });
      }
    }
  }
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
