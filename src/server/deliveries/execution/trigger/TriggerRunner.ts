import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import { EXECUTION_STATUS, type ExecutionModel, type Processor } from '@nocobase/plugin-workflow';
import type { Database } from '@nocobase/database';
import type { Service } from '../../concurrency/Service';
import { deliveryIdOf } from '../../model/ids';
import { executionIdOf, type CutOffRun, type ReadyRun, type TriggerRun } from '../../model/run';
import type { ExecutionStore } from '../../store/ExecutionStore';
import type { TransitionStore } from '../../store/TransitionStore';
import type { Judge, Leg, Runner } from '../backend';
import type { Completer } from '../Completer';
import { interrupt } from '../interrupt';
import { outcomeOf } from '../outcome';
import type { TriggerEngine } from './TriggerEngine';

/** Milliseconds after which it is looked at whether the engine has made an execution of what it was told. */
const MADE_WITHIN = 15_000;

export interface TriggerRunnerParts {
  db: Database;
  workflows: PluginWorkflowServer;
  engine: TriggerEngine;
  executions: ExecutionStore;
  transitions: TransitionStore;
  completer: Completer;
  /** This instance. */
  owner: string;
  /** A webhook has a received delivery again. */
  wake(key: string): void;
}

/**
 * Runs deliveries through the engine's own `trigger()`. The engine queues them in memory: so a delivery stays claimed
 * here until its execution is there, and keeps its context until then.
 */
export class TriggerRunner implements Runner, Service {
  /** Those that the engine was told of; called once their execution is there, or can't be made. */
  private readonly told = new Map<string, () => void>();
  /** What their judges say of those that the engine has, once it gives them back. */
  private readonly judged = new Map<string, Promise<string | null>>();

  constructor(private readonly parts: TriggerRunnerParts) {}

  start(): void {
    this.parts.db.on('executions.afterCreate', this.onCreate);
  }

  stop(): void {
    this.parts.db.off('executions.afterCreate', this.onCreate);
  }

  /** None: from the first moment on an execution is the engine's, and followed from outside. */
  has(): boolean {
    return false;
  }

  holds(id: string): boolean {
    return this.told.has(id);
  }

  /**
   * Why a run that the engine has in hand for a caller failed, beyond what its execution says: known once the engine gives it
   * back, which is after it has told that it ended. null: nobody is to be asked.
   */
  faultOf(id: string): Promise<string | null> | null {
    return this.judged.get(id) ?? null;
  }

  async run(run: ReadyRun, options: object = {}, judge?: Judge): Promise<Leg> {
    const running = this.processorOf(run, options);
    if (judge) {
      const judged = running.then((processor) => processor && judge(processor)).catch(() => null);
      this.judged.set(run.id, judged);
      await judged.finally(() => this.judged.delete(run.id));
    }
    return { processor: await running, isCalling: false, hasFailed: false, isStale: false };
  }

  private async processorOf(run: ReadyRun, options: object): Promise<Processor | null> {
    if (run.kind !== 'trigger') {
      await this.leaveToEngine(run);
      return null;
    }
    const { executions, transitions, wake } = this.parts;
    const made = run.failures > 0 ? await executions.ofEvent(run.event.key) : null;
    const processor = made ? null : await this.trigger(run, options);
    if (!processor) {
      const execution = made ?? (await executions.ofEvent(run.event.key));
      if (execution) {
        await transitions.link(run.id, execution);
      } else if (await transitions.putBack(run.id, run.event.key)) {
        // The engine may have it still: it makes no second execution of the same delivery.
        wake(run.key);
      }
    }
    return processor;
  }

  mark(run: ReadyRun, reason: string): Promise<void> {
    const status = run.kind === 'trigger' ? 'failed' : 'interrupted';
    return interrupt({ id: run.id, status, reason }, executionIdOf(run), this.parts);
  }

  /** Awaited by the engine: it does not run an execution before its delivery points at it. */
  private readonly onCreate = async (execution: ExecutionModel): Promise<void> => {
    const id = deliveryIdOf(execution.get('eventKey'));
    if (id !== null) {
      await this.parts.transitions.link(id, execution);
      this.told.get(id)?.();
    }
  };

  /** Tells the engine; the run's processor where it was waited for. Rejects where the engine takes it not. */
  private async trigger(
    { id, event: { workflow, context, key: eventKey } }: TriggerRun,
    options: object,
  ): Promise<Processor | null> {
    let failure: unknown = null;
    let timer: NodeJS.Timeout | undefined;
    const decided = new Promise<void>((resolve) => {
      this.told.set(id, resolve);
      timer = setTimeout(resolve, MADE_WITHIN);
    });
    const onTriggerFail = (_workflow: unknown, _context: unknown, _options: unknown, error?: unknown) => {
      failure = error ?? new Error('the engine did not let it through');
      this.told.get(id)?.();
    };
    try {
      const processor = await this.parts.workflows.trigger(workflow, context, {
        ...options,
        eventKey,
        // It was enabled when the delivery was claimed.
        force: true,
        onTriggerFail,
      });
      if (processor) {
        return processor;
      }
      await decided;
    } finally {
      clearTimeout(timer);
      this.told.delete(id);
    }
    if (failure !== null) {
      throw failure instanceof Error ? failure : new Error('the engine did not make an execution');
    }
    return null;
  }

  /** One that has an execution: whatever it needs yet is the engine's to do. */
  private async leaveToEngine({ id, executionId }: Pick<CutOffRun, 'id' | 'executionId'>): Promise<void> {
    const { engine, completer, transitions, owner } = this.parts;
    const execution = await engine.find(executionId);
    if (!execution) {
      completer.complete({ id, executionId, status: 'interrupted', reason: 'the execution was deleted' });
      return;
    }
    const outcome = outcomeOf(id, execution);
    if (outcome) {
      completer.complete(outcome);
    } else if (
      execution.status === EXECUTION_STATUS.STARTED &&
      !(await engine.requeue(execution)) &&
      !(await engine.waits(execution))
    ) {
      const reason = 'this version of NocoBase does not let it be resumed';
      await interrupt({ id, status: 'interrupted', reason }, executionId, this.parts);
    } else {
      await transitions.release(id, owner);
    }
  }
}
