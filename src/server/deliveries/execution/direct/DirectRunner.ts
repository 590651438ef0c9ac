import type { ExecutionModel } from '@nocobase/plugin-workflow';
import type { DeliveryLog } from '../../model/delivery';
import { executionIdOf, type CutOffRun, type StoredRun, type ReadyRun, type WokenRun } from '../../model/run';
import type { ResumptionStore } from '../../store/ResumptionStore';
import type { Leg, Runner } from '../backend';
import type { Completer } from '../Completer';
import { interrupt } from '../interrupt';
import { outcomeOf, WORKFLOW_DELETED } from '../outcome';
import type { DirectEngine, OnWait } from './DirectEngine';
import type { RunClaims } from './RunClaims';

export interface DirectRunnerParts {
  engine: DirectEngine;
  completer: Completer;
  claims: RunClaims;
  resumptions: Pick<ResumptionStore, 'take'>;
  /** This instance. */
  owner: string;
  log: DeliveryLog;
}

/** Runs started deliveries and writes down what became of them. */
export class DirectRunner implements Runner {
  private readonly running = new Set<string>();

  constructor(private readonly parts: DirectRunnerParts) {}

  has(id: string): boolean {
    return this.running.has(id);
  }

  holds(id: string): boolean {
    return this.running.has(id) || this.parts.claims.has(id);
  }

  async run(run: ReadyRun, options: object = {}): Promise<Leg> {
    const { engine } = this.parts;
    let isCalling = false;
    const onWait = async (execution: ExecutionModel) => {
      const calls = await this.parts.claims.release(run.id, execution);
      // A script that had begun before NocoBase ended is nobody's call any more.
      isCalling = run.kind === 'cutOff' ? calls.inMemory : calls.any;
      // From here on the engine resumes it, and tells of its end.
      this.running.delete(run.id);
    };
    this.running.add(run.id);
    try {
      if (run.kind === 'new') {
        const processor = await engine.run(run.execution, options, onWait);
        await this.settle(run.id, run.execution);
        return { processor, isCalling };
      }
      if (run.kind !== 'trigger' && (await this.mayGoOn(run))) {
        await this.goOn(run, onWait);
      }
      return { processor: null, isCalling };
    } finally {
      this.running.delete(run.id);
    }
  }

  mark(run: ReadyRun, reason: string): Promise<void> {
    return interrupt({ id: run.id, status: 'interrupted', reason }, executionIdOf(run), this.parts);
  }

  /** Claims a run that was woken, so that a crash is noticed from here on; false: another instance was quicker. */
  private async mayGoOn(run: StoredRun | CutOffRun | WokenRun): Promise<boolean> {
    const { resumptions, claims, owner } = this.parts;
    if (run.kind !== 'woken') {
      return true;
    }
    if (run.noted) {
      run.noted = !(await resumptions.take(run, owner));
      return !run.noted;
    }
    await claims.claim(run.id);
    return true;
  }

  private async goOn(run: StoredRun | CutOffRun | WokenRun, onWait: OnWait): Promise<void> {
    const { engine, completer, claims } = this.parts;
    const { id } = run;
    const execution = await engine.find(run.executionId);
    if (!execution) {
      claims.ended(id);
      completer.complete({ id, status: 'interrupted', reason: 'the execution was deleted' });
    } else if (!(await engine.hasWorkflow(execution))) {
      claims.ended(id);
      await interrupt({ id, status: 'cancelled', reason: WORKFLOW_DELETED }, run.executionId, this.parts);
    } else {
      await (run.kind === 'woken' ? engine.resumeFrom(execution, run.jobId, onWait) : engine.resume(execution, onWait));
      await this.settle(id, execution);
    }
  }

  private async settle(id: string, execution: ExecutionModel): Promise<void> {
    const { engine, completer, log } = this.parts;
    const outcome = outcomeOf(id, execution.status, execution.reason);
    if (!outcome) {
      return;
    }
    completer.complete(outcome);
    this.parts.claims.ended(id);
    if (engine.isUnwanted(execution)) {
      // Only what is written down already may go: recovery reads the end of a run off its execution.
      await completer.idle();
      await execution.destroy().catch((error: unknown) => {
        log.warn('an execution that is not to be kept could not be deleted', { executionId: execution.id, error });
      });
    }
  }
}
