import type { ExecutionModel, Processor } from '@nocobase/plugin-workflow';
import { outcomeOf, type Engine } from './engine';
import type { Finisher } from './Finisher';
import type { DeliveryLog } from './types';

/** A started delivery whose run this node has in hand: a new execution, or one that was cut off. */
export interface ReadyRun {
  /** The delivery. */
  id: string;
  key: string;
  executionId: number | string;
  /** The model of a new execution; null: cut off, to be gone on with. */
  execution: ExecutionModel | null;
  /** How often it broke off in this process. */
  failures: number;
}

/** Runs started deliveries and writes down what became of them. */
export class Runner {
  private readonly inHand = new Set<string>();

  constructor(
    private readonly engine: Engine,
    private readonly finisher: Finisher,
    private readonly log: DeliveryLog,
  ) {}

  /** Whether this delivery runs here, so that its end is written down by this runner. */
  has(id: string): boolean {
    return this.inHand.has(id);
  }

  /**
   * Runs it to its end, or to where it waits; null: it was cut off earlier and has no processor of its own.
   * Rejects where it broke off: then it is still started, and nothing was written down.
   * @param options what nodes find in `processor.options`
   */
  async run(run: ReadyRun, options: object = {}): Promise<Processor | null> {
    this.inHand.add(run.id);
    try {
      if (run.execution) {
        const processor = await this.engine.run(run.execution, options);
        await this.settle(run.id, run.execution);
        return processor;
      }
      const { execution } = await this.engine.resume(run.executionId);
      if (execution) {
        await this.settle(run.id, execution);
      } else {
        this.finisher.finish({ id: run.id, status: 'interrupted', reason: 'the execution was deleted' });
      }
      return null;
    } finally {
      this.inHand.delete(run.id);
    }
  }

  /** Writes down that a run was cut off and is not gone on with; its execution is ended too. */
  async mark({ id, executionId }: ReadyRun, reason: string): Promise<void> {
    const execution = await this.engine.find(executionId);
    const outcome = execution && outcomeOf(id, execution.status, execution.reason);
    this.finisher.finish(outcome ?? { id, status: 'interrupted', reason });
    // Before the execution ends, which would otherwise count as the delivery's end.
    await this.finisher.drained();
    if (execution && !outcome) {
      await this.engine.abort(execution);
    }
  }

  private async settle(id: string, execution: ExecutionModel): Promise<void> {
    const outcome = outcomeOf(id, execution.status, execution.reason);
    if (!outcome) {
      this.finisher.release(id);
      return;
    }
    this.finisher.finish(outcome);
    if (this.engine.isUnwanted(execution)) {
      // Only what is written down already may go: recovery reads the end of a run off its execution.
      await this.finisher.drained();
      await execution.destroy().catch((error: unknown) => {
        this.log.warn('an execution that is not to be kept could not be deleted', { executionId: execution.id, error });
      });
    }
  }
}
