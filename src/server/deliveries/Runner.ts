import type { ExecutionModel, Processor } from '@nocobase/plugin-workflow';
import { outcomeOf, type Engine } from './engine';
import type { Finisher } from './Finisher';
import type { ReadyRun, RunStrategy } from './strategy';
import type { DeliveryLog } from './types';

/** Runs started deliveries and writes down what became of them. */
export class Runner implements RunStrategy {
  private readonly inHand = new Set<string>();

  constructor(
    private readonly engine: Engine,
    private readonly finisher: Finisher,
    private readonly log: DeliveryLog,
  ) {}

  has(id: string): boolean {
    return this.inHand.has(id);
  }

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

  async mark({ id, executionId }: ReadyRun, reason: string): Promise<void> {
    const execution = executionId === null ? null : await this.engine.find(executionId);
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
