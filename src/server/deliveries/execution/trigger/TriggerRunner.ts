import { EXECUTION_STATUS, type ExecutionModel, type Processor } from '@nocobase/plugin-workflow';
import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import type { Database } from '@nocobase/database';
import { outcomeOf } from '../WorkflowEngine';
import type { Completer } from '../Completer';
import { isDeliveryId } from '../../model/ids';
import type { ReadyRun, Runner } from '../backend';
import type { TriggerEngine } from './TriggerEngine';
import type { TriggerStore } from '../../store/TriggerStore';

/** Milliseconds after which it is looked at whether the engine has made an execution of what it was told. */
const MADE_WITHIN = 15_000;

export interface TriggerRunnerParts {
  db: Database;
  workflows: PluginWorkflowServer;
  engine: TriggerEngine;
  store: TriggerStore;
  completer: Completer;
  /** Notes that no instance has a delivery in hand any more. */
  release(id: string): Promise<void>;
  /** A webhook has a received delivery again. */
  wake(key: string): void;
}

/**
 * Runs deliveries through the engine's own `trigger()`. The engine queues them in memory: so a delivery is in hand
 * here until its execution is there, and keeps its context until then.
 */
export class TriggerRunner implements Runner {
  /** Those that the engine was told of; called once their execution is there, or can't be made. */
  private readonly told = new Map<string, () => void>();

  constructor(private readonly parts: TriggerRunnerParts) {}

  start(): void {
    this.parts.db.on('executions.afterCreate', this.onCreate);
  }

  stop(): void {
    this.parts.db.off('executions.afterCreate', this.onCreate);
  }

  /** None: from the first moment on an execution is in the engine's claims, and followed from outside. */
  has(): boolean {
    return false;
  }

  async run(run: ReadyRun, options: object = {}): Promise<Processor | null> {
    const { store, wake } = this.parts;
    const { id, key, event } = run;
    if (!event) {
      await this.leaveToEngine(run);
      return null;
    }
    const made = run.failures > 0 ? await store.executionOf(id) : null;
    const processor = made ? null : await this.trigger(id, event, options);
    if (!processor) {
      const execution = made ?? (await store.executionOf(id));
      if (execution) {
        await store.link(id, execution);
      } else if (await store.putBack(id)) {
        // The engine may have it still: it makes no second execution of the same delivery.
        wake(key);
      }
    }
    return processor;
  }

  async mark({ id, executionId, event }: ReadyRun, reason: string): Promise<void> {
    const { engine, completer } = this.parts;
    const execution = executionId === null ? null : await engine.find(executionId);
    const outcome = execution && outcomeOf(id, execution.status, execution.reason);
    completer.complete(outcome ?? { id, status: event ? 'failed' : 'interrupted', reason });
    await completer.drained();
    if (execution && !outcome) {
      await engine.abort(execution);
    }
  }

  /** Awaited by the engine: it does not run an execution before its delivery points at it. */
  private readonly onCreate = async (execution: ExecutionModel): Promise<void> => {
    const eventKey: unknown = execution.get('eventKey');
    if (isDeliveryId(eventKey)) {
      await this.parts.store.link(eventKey, execution);
      this.told.get(eventKey)?.();
    }
  };

  /** Tells the engine; the run's processor where it was waited for. Rejects where the engine takes it not. */
  private async trigger(
    id: string,
    { workflow, context }: NonNullable<ReadyRun['event']>,
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
        eventKey: id,
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
  private async leaveToEngine({ id, executionId }: ReadyRun): Promise<void> {
    const { engine, completer, release } = this.parts;
    const execution = executionId === null ? null : await engine.find(executionId);
    if (!execution) {
      completer.complete({ id, status: 'interrupted', reason: 'the execution was deleted' });
      return;
    }
    const outcome = outcomeOf(id, execution.status, execution.reason);
    if (outcome) {
      completer.complete(outcome);
    } else if (
      execution.status === EXECUTION_STATUS.STARTED &&
      !(await engine.requeue(execution)) &&
      !(await engine.waits(execution))
    ) {
      completer.complete({
        id,
        status: 'interrupted',
        reason: 'this version of NocoBase does not let it be gone on with',
      });
      await completer.drained();
      await engine.abort(execution);
    } else {
      await release(id);
    }
  }
}
