import type { ExecutionModel, Processor } from '@nocobase/plugin-workflow';
import { outcomeOf } from '../WorkflowEngine';
import type { Completer } from '../Completer';
import type { RunClaims } from './RunClaims';
import type { DirectEngine } from './DirectEngine';
import type { ReadyRun, Runner } from '../backend';
import type { DeliveryLog } from '../../model/delivery';

export interface DirectRunnerParts {
  engine: DirectEngine;
  completer: Completer;
  claims: RunClaims;
  log: DeliveryLog;
}

/** Runs started deliveries and writes down what became of them. */
export class DirectRunner implements Runner {
  private readonly inHand = new Set<string>();

  constructor(private readonly parts: DirectRunnerParts) {}

  has(id: string): boolean {
    return this.inHand.has(id);
  }

  async run(run: ReadyRun, options: object = {}): Promise<Processor | null> {
    const { engine, completer } = this.parts;
    const onWait = (execution: ExecutionModel) => this.release(run.id, execution);
    this.inHand.add(run.id);
    try {
      if (run.execution) {
        const processor = await engine.run(run.execution, options, onWait);
        await this.settle(run.id, run.execution);
        return processor;
      }
      const execution = await engine.resume(run.executionId, onWait);
      if (execution) {
        await this.settle(run.id, execution);
      } else {
        completer.complete({ id: run.id, status: 'interrupted', reason: 'the execution was deleted' });
      }
      return null;
    } finally {
      this.inHand.delete(run.id);
    }
  }

  async mark({ id, executionId }: ReadyRun, reason: string): Promise<void> {
    const { engine, completer } = this.parts;
    const execution = executionId === null ? null : await engine.find(executionId);
    const outcome = execution && outcomeOf(id, execution.status, execution.reason);
    completer.complete(outcome ?? { id, status: 'interrupted', reason });
    // Before the execution ends, which would otherwise count as the delivery's end.
    await completer.drained();
    if (execution && !outcome) {
      await engine.abort(execution);
    }
  }

  private async release(id: string, execution: ExecutionModel): Promise<void> {
    await this.parts.claims.release(id, execution);
    // From here on the engine goes on with it, and tells of its end.
    this.inHand.delete(id);
  }

  private async settle(id: string, execution: ExecutionModel): Promise<void> {
    const { engine, completer, log } = this.parts;
    const outcome = outcomeOf(id, execution.status, execution.reason);
    if (!outcome) {
      return;
    }
    completer.complete(outcome);
    if (engine.isUnwanted(execution)) {
      // Only what is written down already may go: recovery reads the end of a run off its execution.
      await completer.drained();
      await execution.destroy().catch((error: unknown) => {
        log.warn('an execution that is not to be kept could not be deleted', { executionId: execution.id, error });
      });
    }
  }
}
