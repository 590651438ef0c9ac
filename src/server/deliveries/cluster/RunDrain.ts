import { setTimeout as delay } from 'node:timers/promises';
import type { Service } from '../concurrency/Service';
import type { RecoveryStore } from '../store/RecoveryStore';

/** How often it is looked whether this instance still owns runs, in milliseconds. */
const LOOK_MS = 100;

/** How long the end of NocoBase is held up for the answers that runs wait for in its memory, in milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * Holds up the end for what this instance still owns: a call that a node of a run has sent out, and whose answer comes in
 * time, needn't be sent again at the next start.
 */
export class RunDrain implements Service {
  constructor(
    private readonly store: RecoveryStore,
    private readonly owner: string,
  ) {}

  start(): void {}

  abandon(): void {}

  /** Resolves once no run is owned any more, or it has taken too long. */
  async stop(): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (Date.now() < deadline && (await this.store.startedBy(this.owner, 1)).length > 0) {
      await delay(LOOK_MS);
    }
  }
}
