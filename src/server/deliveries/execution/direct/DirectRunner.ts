import type { ExecutionModel, Processor } from '@nocobase/plugin-workflow';
import type { DeliveryLog } from '../../model/delivery';
import { executionIdOf, type ReadyRun } from '../../model/run';
import type { Runner } from '../backend';
import type { Completer } from '../Completer';
import { interrupt } from '../interrupt';
import { outcomeOf } from '../outcome';
import type { DirectEngine } from './DirectEngine';
import type { RunClaims } from './RunClaims';

export interface DirectRunnerParts {
  engine: DirectEngine;
  completer: Completer;
  claims: RunClaims;
  log: DeliveryLog;
}

/** Runs started deliveries and writes down what became of them. */
export class DirectRunner implements Runner {
  private readonly running = new Set<string>();

  constructor(private readonly parts: DirectRunnerParts) {}

  has(id: string): boolean {
    return this.running.has(id);
  }

  async run(run: ReadyRun, options: object = {}): Promise<Processor | null> {
    const { engine, completer } = this.parts;
    const onWait = (execution: ExecutionModel) => this.release(run.id, execution);
    this.running.add(run.id);
    try {
      if (run.kind === 'new') {
        const processor = await engine.run(run.execution, options, onWait);
        await this.settle(run.id, run.execution);
        return processor;
      }
      const executionId = executionIdOf(run);
      const execution = executionId === null ? null : await engine.resume(executionId, onWait);
      if (execution) {
        await this.settle(run.id, execution);
      } else {
        completer.complete({ id: run.id, status: 'interrupted', reason: 'the execution was deleted' });
      }
      return null;
    } finally {
      this.running.delete(run.id);
    }
  }

  mark(run: ReadyRun, reason: string): Promise<void> {
    return interrupt({ id: run.id, status: 'interrupted', reason }, executionIdOf(run), this.parts);
  }

  private async release(id: string, execution: ExecutionModel): Promise<void> {
    await this.parts.claims.release(id, execution);
    // From here on the engine resumes it, and tells of its end.
    this.running.delete(id);
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
      await completer.idle();
      await execution.destroy().catch((error: unknown) => {
        log.warn('an execution that is not to be kept could not be deleted', { executionId: execution.id, error });
      });
    }
  }
}
