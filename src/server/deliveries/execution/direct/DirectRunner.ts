import type { ExecutionModel } from '@nocobase/plugin-workflow';
import type { DeliveryLog } from '../../model/delivery';
import { executionIdOf, type CutOffRun, type StoredRun, type ReadyRun, type WokenRun } from '../../model/run';
import type { ResumptionStore } from '../../store/ResumptionStore';
import type { Judge, Leg, Runner } from '../backend';
import type { Completer } from '../Completer';
import { interrupt } from '../interrupt';
import { outcomeOf, withFault, WORKFLOW_DELETED } from '../outcome';
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

  async run(run: ReadyRun, options: object = {}, judge?: Judge): Promise<Leg> {
    const { engine } = this.parts;
    let isCalling = false;
    let hasFailed = false;
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
        const fault = judge ? await judge(processor) : null;
        hasFailed = await this.settle(run.id, run.execution, fault);
        return { processor, isCalling, hasFailed, isStale: false };
      }
      if (run.kind !== 'trigger' && (await this.mayGoOn(run))) {
        hasFailed = await this.goOn(run, onWait);
      }
      return { processor: null, isCalling, hasFailed, isStale: run.kind === 'woken' && run.noted };
    } finally {
      this.running.delete(run.id);
    }
  }

  async mark(run: ReadyRun, reason: string): Promise<void> {
    const { claims } = this.parts;
    if (await claims.claim(run.id, executionIdOf(run))) {
      await interrupt({ id: run.id, status: 'interrupted', reason }, executionIdOf(run), this.parts);
      claims.ended(run.id);
    }
  }

  /** Claims a run that was woken or cut off, so that a crash is noticed from here on; false: it is another instance's. */
  private async mayGoOn(run: StoredRun | CutOffRun | WokenRun): Promise<boolean> {
    const { resumptions, claims, owner } = this.parts;
    if (run.kind === 'stored') {
      return true;
    }
    if (run.kind === 'woken' && run.noted) {
      run.noted = !(await resumptions.take(run, owner));
      return !run.noted;
    }
    return claims.claim(run.id, run.executionId);
  }

  private async goOn(run: StoredRun | CutOffRun | WokenRun, onWait: OnWait): Promise<boolean> {
    const { engine, completer, claims } = this.parts;
    const { id } = run;
    const execution = await engine.find(run.executionId);
    if (!execution) {
      claims.ended(id);
      completer.complete({
        id,
        executionId: run.executionId,
        status: 'interrupted',
        reason: 'the execution was deleted',
      });
    } else if (!(await engine.hasWorkflow(execution))) {
      claims.ended(id);
      await interrupt({ id, status: 'cancelled', reason: WORKFLOW_DELETED }, run.executionId, this.parts);
    } else {
      await (run.kind === 'woken' ? engine.resumeFrom(execution, run.jobId, onWait) : engine.resume(execution, onWait));
      return this.settle(id, execution);
    }
    return false;
  }

  /** Whether it ended, and not as it should. */
  private async settle(id: string, execution: ExecutionModel, fault: string | null = null): Promise<boolean> {
    const { engine, completer, log } = this.parts;
    const end = outcomeOf(id, execution);
    if (!end) {
      return false;
    }
    const outcome = fault === null ? end : withFault(end, fault);
    completer.complete(outcome);
    this.parts.claims.ended(id);
    if (engine.isUnwanted(execution)) {
      // Only what is written down already may go: recovery reads the end of a run off its execution.
      await completer.idle();
      await execution.destroy().catch((error: unknown) => {
        log.warn('an execution that is not to be kept could not be deleted', { executionId: execution.id, error });
      });
    }
    return outcome.status !== 'succeeded';
  }
}
