import type { ExecutionModel } from '@nocobase/plugin-workflow';
import type { WorkflowEngine } from '../WorkflowEngine';
import type { RecoveryStore } from '../../store/RecoveryStore';
import type { DeliveryLog } from '../../model/delivery';

export interface RunClaimsParts {
  engine: WorkflowEngine;
  store: RecoveryStore;
  /** This node. */
  owner: string;
  log: DeliveryLog;
}

/**
 * Notes which started deliveries this instance has in hand: what an instance that died had, others take over. Never rejects: a
 * run goes on without the note, and one that could not be let go of is looked after once more than it needs.
 */
export class RunClaims {
  constructor(private readonly parts: RunClaimsParts) {}

  async claim(id: string): Promise<void> {
    const { store, owner } = this.parts;
    await store.claim(id, owner).catch((error: unknown) => this.warn('taken in hand', error));
  }

  /** Lets go of a run that waits, or is over. What waits in this process's memory stays: a crash would be the end of it. */
  async release(id: string, execution: ExecutionModel): Promise<void> {
    const { engine, store, owner } = this.parts;
    try {
      if (!(await engine.waitsInMemory(execution))) {
        await store.release(id, owner);
      }
    } catch (error) {
      this.warn('let go of', error);
    }
  }

  private warn(what: string, error: unknown): void {
    this.parts.log.warn(`a webhook delivery whose run goes on could not be ${what}`, { error });
  }
}
