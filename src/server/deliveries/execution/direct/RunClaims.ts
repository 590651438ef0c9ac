import type { ExecutionModel } from '@nocobase/plugin-workflow';
import type { DeliveryLog } from '../../model/delivery';
import type { TransitionStore } from '../../store/TransitionStore';
import type { OpenCalls, WorkflowEngine } from '../WorkflowEngine';

export interface RunClaimsParts {
  engine: WorkflowEngine;
  transitions: TransitionStore;
  /** This instance. */
  owner: string;
  log: DeliveryLog;
}

/**
 * Claims the started deliveries whose runs this instance goes on with: those of an instance that died are taken over by
 * others. One that could not be released is looked after once more than it needs.
 */
export class RunClaims {
  /** Those that wait in this process's memory, or that the engine runs here. */
  private readonly kept = new Set<string>();

  constructor(private readonly parts: RunClaimsParts) {}

  /** Whether a delivery's run goes on by itself: it waits in this process's memory, or the engine runs it here. */
  has(id: string): boolean {
    return this.kept.has(id);
  }

  /** Whether another instance goes on with a run; false where the database can't be asked. */
  isAnothers(id: string): Promise<boolean> {
    const { transitions, owner } = this.parts;
    return transitions.isAnothers(id, owner).catch(() => false);
  }

  /** A run is over. */
  ended(id: string): void {
    this.kept.delete(id);
  }

  /** Whether a delivery is tried again by now, or waits for that: what comes for this execution is too late. */
  async isOver(id: string, executionId: number | string): Promise<boolean> {
    return !(await this.parts.transitions.isCurrent(id, executionId));
  }

  /**
   * Whether it is this instance's from here on: another one may have it, or it is tried again by now. Rejects where that
   * could not be written.
   */
  async claim(id: string, executionId: number | string | null): Promise<boolean> {
    const { transitions, owner } = this.parts;
    const isMine = await transitions.own(id, owner, executionId);
    if (isMine) {
      this.kept.add(id);
    }
    return isMine;
  }

  /**
   * Releases a run that waits, or is over. What waits in this process's memory stays claimed: a crash would end it.
   * What it waits for, of its own; `any` where the database can't be asked. Never rejects.
   */
  async release(id: string, execution: ExecutionModel): Promise<OpenCalls> {
    const { engine, transitions, owner } = this.parts;
    this.kept.add(id);
    try {
      const calls = await engine.callsOf(execution);
      if (!calls.inMemory) {
        await transitions.release(id, owner);
        this.kept.delete(id);
      }
      return calls;
    } catch (error) {
      this.parts.log.warn('a webhook delivery whose run goes on could not be released', { error });
      return { any: true, inMemory: false };
    }
  }
}
