import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import {
  EXECUTION_STATUS,
  getExecutionLockKey,
  type ExecutionModel,
  type JobModel,
  type Processor,
} from '@nocobase/plugin-workflow';
import type { Application } from '@nocobase/server';
import type { Lease } from '../../concurrency/Lease';
import { WorkflowEngine } from '../WorkflowEngine';
import { useFastPath } from './fastPath';
import { BreakOff } from './processor/BreakOff';
import { useCheckpoints } from './processor/checkpoints';
import { useOwnExit } from './processor/ownExit';
import { RunResults } from './processor/RunResults';
import { useLease } from './processor/useLease';
import { CutOffRuns, type CutOffRunsParts } from './resuming/CutOffRuns';
import type { RunSaver } from './RunSaver';

// What leans on how the workflow engine works inside: everything that its dispatcher does around a run, but for how a run
// begins (`fastPath.ts`), goes from node to node and leaves them (`processor/`), and is gone on with (`resuming/`). What that is
// stands in `engineParts.ts`; `engine.contract.test.ts` fails when a new NocoBase version changes it.

/** How long a run waits for its execution's lock, and how long the lock holds: the dispatcher's own figures. */
const LOCK_MS = 60_000;

/** Told of a run that is not over but waits. The execution is locked until it is done: nobody resumes it before. */
export type OnWait = (execution: ExecutionModel) => Promise<void>;

/** Runs executions the way the workflow engine's dispatcher does, without its queue. */
export class DirectEngine extends WorkflowEngine {
  private readonly cutOff: CutOffRuns;

  constructor(
    app: Application,
    workflows: PluginWorkflowServer,
    private readonly saver: RunSaver,
    private readonly lease: Lease,
    noted: CutOffRunsParts['noted'],
  ) {
    super(app, workflows);
    this.cutOff = new CutOffRuns({ workflows, noted, processorOf: (execution) => this.processorOf(execution) });
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
   * Resumes an execution that was cut off, behind the results that are saved: the node that was under way is done again,
   * and what nodes without effects did just before it. So is what was sent out by a node that waited for an answer in
   * memory.
   * @param execution as it was found; as it stands then, after this
   */
  async resume(execution: ExecutionModel, onWait: OnWait): Promise<void> {
    await this.exclusively(execution, onWait, async () => {
      // The engine may have resumed it while the lock was waited for.
      await execution.reload();
      if (execution.status === EXECUTION_STATUS.STARTED) {
        await this.cutOff.resume(execution);
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
    const { saver, lease } = this;
    const breakOff = new BreakOff();
    const results = new RunResults(processor, saver, breakOff);
    useCheckpoints(processor, results, breakOff);
    useOwnExit(processor, this.workflows, { results, saver, breakOff });
    useLease(processor, lease, breakOff);
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
}
