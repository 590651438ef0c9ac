import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import type { ExecutionModel, JobModel, Processor } from '@nocobase/plugin-workflow';
import type { Service } from '../../concurrency/Service';
import type { DeliveryLog } from '../../model/delivery';
import { isDeliveryId } from '../../model/ids';
import type { Runner } from '../backend';
import type { RunClaims } from './RunClaims';

export interface ResumeTrackerParts {
  workflows: PluginWorkflowServer;
  runner: Runner;
  claims: RunClaims;
  log: DeliveryLog;
}

/**
 * Claims deliveries while the engine itself resumes runs that waited: else nobody would notice a crash in the middle of
 * that. The engine has no event for it, so its `resume` (which queues the run) and the processors that it makes (which
 * run it) are wrapped.
 */
export class ResumeTracker implements Service {
  constructor(private readonly parts: ResumeTrackerParts) {}

  start(): void {
    const { workflows } = this.parts;
    const resume = workflows.resume.bind(workflows);
    const createProcessor = workflows.createProcessor.bind(workflows);
    // On this one object, over its class's methods: `stop` brings those back.
    workflows.resume = async (job: JobModel) => {
      await this.claimQueued(job);
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

  /** The engine queues the run in memory: from here on a crash would lose it. */
  private async claimQueued(job: JobModel): Promise<void> {
    try {
      const execution = job.execution ?? (await job.getExecution());
      const id: unknown = execution?.eventKey;
      if (isDeliveryId(id)) {
        await this.parts.claims.claim(id);
      }
    } catch (error) {
      this.parts.log.warn('the delivery of a resumed run could not be told', { error });
    }
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
