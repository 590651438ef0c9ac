import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import type { ExecutionModel, JobModel, Processor } from '@nocobase/plugin-workflow';
import type { RunClaims } from './RunClaims';
import { isDeliveryId } from '../../model/ids';
import type { Runner } from '../backend';
import type { DeliveryLog } from '../../model/delivery';

export interface ResumeTrackerParts {
  workflows: PluginWorkflowServer;
  runner: Runner;
  claims: RunClaims;
  log: DeliveryLog;
}

/**
 * Notes which instance has a delivery in hand while the engine itself goes on with a run that waited: else nobody would
 * notice a crash in the middle of it. The engine has no event for that, so its `resume` (which queues such a leg) and
 * the processors that it makes (which run it) are wrapped.
 */
export class ResumeTracker {
  constructor(private readonly parts: ResumeTrackerParts) {}

  start(): void {
    const { workflows } = this.parts;
    const resume = workflows.resume.bind(workflows);
    const createProcessor = workflows.createProcessor.bind(workflows);
    // On this one object, over its class's methods: `stop` brings those back.
    workflows.resume = async (job: JobModel) => {
      await this.noteQueued(job);
      return resume(job);
    };
    workflows.createProcessor = (execution: ExecutionModel, options?: object) =>
      this.watched(createProcessor(execution, options));
  }

  stop(): void {
    const { workflows } = this.parts;
    Reflect.deleteProperty(workflows, 'resume');
    Reflect.deleteProperty(workflows, 'createProcessor');
  }

  /** The engine queues a leg in memory: from here on a crash would lose it. */
  private async noteQueued(job: JobModel): Promise<void> {
    try {
      const execution = job.execution ?? (await job.getExecution());
      const id: unknown = execution?.eventKey;
      if (isDeliveryId(id)) {
        await this.parts.claims.claim(id);
      }
    } catch (error) {
      this.parts.log.warn('the delivery of a run that goes on could not be told', { error });
    }
  }

  /** A processor that notes the owner before it begins, and lets go when all that it did is saved. */
  private watched(processor: Processor): Processor {
    const id: unknown = processor.execution.eventKey;
    // One that this plugin runs is in hand already.
    if (!isDeliveryId(id) || this.parts.runner.has(id)) {
      return processor;
    }
    const { start, resume, rerun } = processor;
    processor.start = () => this.held(id, processor, () => start.call(processor));
    processor.resume = (job) => this.held(id, processor, () => resume.call(processor, job));
    processor.rerun = (options) => this.held(id, processor, () => rerun.call(processor, options));
    return processor;
  }

  private async held<T>(id: string, { execution }: Processor, leg: () => Promise<T>): Promise<T> {
    const { claims, runner } = this.parts;
    await claims.claim(id);
    const result = await leg();
    if (!runner.has(id)) {
      await claims.release(id, execution);
    }
    return result;
  }
}
