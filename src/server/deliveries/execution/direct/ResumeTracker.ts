import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import type { ExecutionModel, JobModel, Processor } from '@nocobase/plugin-workflow';
import type { Service } from '../../concurrency/Service';
import { isDeliveryId } from '../../model/ids';
import type { WokenRun } from '../../model/run';
import type { Tx } from '../../store/SqlTable';
import type { Runner } from '../backend';
import type { RunClaims } from './RunClaims';

export interface ResumeTrackerParts {
  workflows: PluginWorkflowServer;
  runner: Runner;
  claims: RunClaims;
  /** Sees to it that a run goes on in its turn. `save` saves what it waited for. */
  onWoken(run: WokenRun, save: (tx: Tx) => Promise<unknown>): Promise<void>;
}

/**
 * Takes runs that waited out of the engine's queue, in which one at a time is resumed for the whole app: they go on in
 * their turn among the webhook's others. What the engine runs of a delivery all the same, such as a rerun that somebody
 * asked for, is claimed meanwhile: else nobody would notice a crash in the middle of it. The engine has no event for
 * either, so its `resume` and the processors that it makes are wrapped.
 */
export class ResumeTracker implements Service {
  constructor(private readonly parts: ResumeTrackerParts) {}

  start(): void {
    const { workflows } = this.parts;
    const resume = workflows.resume.bind(workflows);
    const createProcessor = workflows.createProcessor.bind(workflows);
    // On this one object, over its class's methods: `stop` brings those back.
    workflows.resume = async (job: JobModel) => {
      const execution = job.execution ?? (await job.getExecution());
      const id: unknown = execution?.eventKey;
      if (!execution || !isDeliveryId(id)) {
        return resume(job);
      }
      const { key, id: executionId } = execution;
      const run: WokenRun = {
        kind: 'woken',
        id,
        key,
        executionId,
        jobId: String(job.id),
        failures: 0,
        tries: 0,
        noted: false,
      };
      // As the engine does before it queues a run.
      await this.parts.onWoken(run, async (transaction) => job.changed() && job.save({ transaction }));
    };
    workflows.createProcessor = (execution: ExecutionModel, options?: object) =>
      this.watched(createProcessor(execution, options));
  }

  stop(): void {
    const { workflows } = this.parts;
    Reflect.deleteProperty(workflows, 'resume');
    Reflect.deleteProperty(workflows, 'createProcessor');
  }

  /** A processor that claims its delivery before it begins, and releases it when all that it did is saved. */
  private watched(processor: Processor): Processor {
    const id: unknown = processor.execution.eventKey;
    // One that this plugin runs is claimed already.
    if (!isDeliveryId(id) || this.parts.runner.has(id)) {
      return processor;
    }
    const { start, resume, rerun } = processor;
    processor.start = () => this.claimed(id, processor, () => start.call(processor));
    processor.resume = (job) => this.claimed(id, processor, () => resume.call(processor, job));
    processor.rerun = (options) => this.claimed(id, processor, () => rerun.call(processor, options));
    return processor;
  }

  private async claimed<T>(id: string, { execution }: Processor, work: () => Promise<T>): Promise<T> {
    const { claims, runner } = this.parts;
    await claims.claim(id);
    const result = await work();
    if (!runner.has(id)) {
      await claims.release(id, execution);
    }
    return result;
  }
}
