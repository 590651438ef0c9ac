import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import {
  JOB_STATUS,
  type ExecutionModel,
  type FlowNodeModel,
  type JobModel,
  type Processor,
} from '@nocobase/plugin-workflow';
import { resolveConfig, type WebhookConfigInput } from '../../../../common/config';
import { exactJsonText } from '../../../storableText';
import type { Service } from '../../concurrency/Service';
import type { DeliveryLog } from '../../model/delivery';
import { deliveryIdOf } from '../../model/ids';
import { BACKGROUND_NODES } from '../backgroundNodes';
import type { WokenBy, WokenRun } from '../../model/run';
import { isFinal } from '../../store/databaseErrors';
import type { Tx } from '../../store/SqlTable';
import type { Runner } from '../backend';
import type { DirectEngine } from './DirectEngine';
import type { RunClaims } from './RunClaims';
import type { RunSaver } from './RunSaver';

export interface ResumeTrackerParts {
  engine: Pick<DirectEngine, 'equip'>;
  workflows: PluginWorkflowServer;
  runner: Runner;
  claims: RunClaims;
  saver: RunSaver;
  log: DeliveryLog;
  /** Sees to it that a run goes on in its turn. */
  onWoken(run: WokenRun, by: WokenBy): Promise<void>;
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
      const id = deliveryIdOf(execution?.eventKey);
      if (!execution || id === null) {
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
        orderKey: null,
        noted: false,
      };
      await this.wake(run, job, execution);
    };
    workflows.createProcessor = (execution: ExecutionModel, options?: object) =>
      this.watched(createProcessor(execution, options));
  }

  stop(): void {
    const { workflows } = this.parts;
    Reflect.deleteProperty(workflows, 'resume');
    Reflect.deleteProperty(workflows, 'createProcessor');
  }

  /** As the engine does before it queues a run; but what the run waited for is not lost where the database doesn't take it. */
  private async wake(run: WokenRun, job: JobModel, execution: ExecutionModel): Promise<void> {
    const { saver, onWoken, workflows, runner, claims, log } = this.parts;
    // What the engine began before this plugin was started is nobody's.
    const isKnown = runner.holds(run.id) || !(await this.isCall(job, execution));
    if (!isKnown && (await claims.isAnothers(run.id))) {
      log.info(`an answer came for webhook delivery ${run.id}, whose run another instance has taken over`);
      return;
    }
    if (this.mayBeTriedAgain(execution) && (await claims.isOver(run.id, execution.id))) {
      log.info(`an answer came for an attempt of webhook delivery ${run.id} that is over`);
      return;
    }
    if (workflows.db.isMySQLCompatibleDialect()) {
      replaceHalfPairs(job);
    }
    const write = () => {
      const changed = job.changed() || [];
      const save = async (transaction: Tx) => {
        // Another try may have saved it in a transaction that was undone.
        changed.forEach((field) => job.changed(field, true));
        await (changed.length > 0 && job.save({ transaction }));
      };
      const isSaved = async () => changed.includes('status') && (await this.storedStatus(job)) === job.status;
      return saver.keep(
        execution,
        () => onWoken(run, { save, isSaved: () => Promise.resolve(false) }),
        () => onWoken(run, { save, isSaved }),
      );
    };
    try {
      await write();
    } catch (error) {
      if (!isFinal(error)) {
        throw error;
      }
      const why = error instanceof Error ? error.message : String(error);
      job.set({ status: JOB_STATUS.ERROR, result: { message: `the result could not be stored: ${why}` } });
      await write();
    }
  }

  /** Whether the version of a run says so, or is no longer at hand to tell. */
  private mayBeTriedAgain({ workflowId }: ExecutionModel): boolean {
    const cached = this.parts.workflows.enabledCache.get(workflowId);
    return !cached || resolveConfig(cached.config as WebhookConfigInput).retry !== null;
  }

  /** Whether a job waits for what only the process knows of that has asked for it. */
  private async isCall({ nodeId }: JobModel, { workflowId }: ExecutionModel): Promise<boolean> {
    const { enabledCache, db } = this.parts.workflows;
    const cached = enabledCache.get(workflowId)?.nodes?.find(({ id }) => id === nodeId);
    const node =
      cached ?? ((await db.getRepository('flow_nodes').findOne({ filterByTk: nodeId })) as FlowNodeModel | null);
    return node !== null && BACKGROUND_NODES.includes(node.type);
  }

  /** A job's status in the database; undefined: it is gone. */
  private async storedStatus({ id }: JobModel): Promise<number | undefined> {
    const repository = this.parts.workflows.db.getRepository('jobs');
    const stored = (await repository.findOne({ filterByTk: id, fields: ['id', 'status'] })) as JobModel | null;
    return stored?.status;
  }

  /** A processor that claims its delivery before it begins, and releases it when all that it did is saved. */
  private watched(processor: Processor): Processor {
    const id = deliveryIdOf(processor.execution.eventKey);
    // One that this plugin runs is claimed already.
    if (id === null || this.parts.runner.has(id)) {
      return processor;
    }
    const { start, resume, rerun } = processor;
    processor.start = () => this.claimed(id, processor, () => start.call(processor));
    processor.resume = (job) => this.claimed(id, processor, () => resume.call(processor, job));
    processor.rerun = (options) => this.claimed(id, processor, () => rerun.call(processor, options));
    return processor;
  }

  private async claimed<T>(id: string, processor: Processor, work: () => Promise<T>): Promise<T> {
    const { claims, runner, engine } = this.parts;
    if (!(await claims.claim(id, processor.execution.id))) {
      // It has ended, or another instance goes on with it: what somebody asked the engine for is the engine's.
      return work();
    }
    engine.equip(processor);
    const result = await work();
    if (!runner.has(id)) {
      await claims.release(id, processor.execution);
    }
    return result;
  }
}

/** Replaces halves of surrogate pairs in a result, which a column of JSON doesn't take there. */
function replaceHalfPairs(job: JobModel): void {
  const json = JSON.stringify(job.result ?? null);
  const storable = exactJsonText(json, false);
  if (storable !== json) {
    job.set('result', JSON.parse(storable));
  }
}
