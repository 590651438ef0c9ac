import type { Endpoint } from '../../endpoints/Endpoint';
import type { Claimer } from '../execution/backend';
import type { ReadyRun } from '../model/run';
import { mayBegin } from './capacity';
import type { QueueSet } from './QueueSet';
import type { WebhookQueue } from './WebhookQueue';

/** What was claimed and has not begun after so many milliseconds is put back: it is shown as started. */
const MAX_WAIT_MS = 500;

export interface UnclaimerParts {
  queues: QueueSet;
  claimer: Pick<Claimer, 'unclaim'>;
  /** The enabled webhook of a workflow key. */
  endpointOf(key: string): Endpoint | undefined;
  /** Deliveries of this webhook are received again, but for those that could not be put back. */
  onPutBack(queue: WebhookQueue): void;
}

/** Puts back what was claimed ahead of its turn and must not begin, or does not in time: it is received again. */
export class Unclaimer {
  /** Those that are being put back. */
  private readonly taken = new Set<string>();

  constructor(private readonly parts: UnclaimerParts) {}

  /** Whether a delivery is being put back. */
  holds(id: string): boolean {
    return this.taken.has(id);
  }

  /** Looks at the queues in which something waits for its turn. */
  check(waiting: Iterable<WebhookQueue>): void {
    for (const queue of waiting) {
      const first = queue.firstFresh;
      const isDue = first && (first.waited > MAX_WAIT_MS || !mayBegin(queue, this.parts.endpointOf(queue.key)));
      if (isDue && !queue.isPuttingBack && !queue.isClaiming) {
        void this.putBack(queue);
      }
    }
  }

  /** Puts one delivery back, if it was claimed here and has not begun, and does `work` before it can be claimed again. */
  async around<T>(id: string, waiting: Iterable<WebhookQueue>, work: () => Promise<T>): Promise<T> {
    for (const queue of waiting) {
      const runs = queue.isPuttingBack ? [] : queue.takeFresh(id);
      if (runs.length > 0) {
        const kept = await this.unclaim(runs);
        return work().finally(() => this.done(queue, kept));
      }
    }
    return work();
  }

  /** Puts back all that has not begun. */
  async all(): Promise<void> {
    await Promise.all(this.parts.queues.all().map((queue) => this.putBack(queue)));
  }

  private async putBack(queue: WebhookQueue): Promise<void> {
    const runs = queue.takeFresh();
    if (runs.length > 0) {
      this.done(queue, await this.unclaim(runs));
    }
  }

  private unclaim(runs: readonly ReadyRun[]): Promise<ReadyRun[]> {
    runs.forEach(({ id }) => this.taken.add(id));
    return this.parts.claimer.unclaim(runs).finally(() => runs.forEach(({ id }) => this.taken.delete(id)));
  }

  private done(queue: WebhookQueue, kept: readonly ReadyRun[]): void {
    queue.putBack(kept);
    this.parts.onPutBack(queue);
  }
}
