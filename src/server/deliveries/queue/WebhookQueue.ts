import type { DeliveryStore } from '../store/DeliveryStore';
import type { ReadyRun } from '../execution/backend';

/** A stored delivery that waits to be started. */
export interface QueuedDelivery {
  id: string;
  /** JSON of `context`. */
  text: string;
  context: object;
}

/** What all queues together may keep at hand; the rest is read when its turn comes. */
export class PrefetchBudget {
  private count = 0;
  private characters = 0;

  constructor(
    private readonly maxCount = 5_000,
    private readonly maxCharacters = 32 << 20,
  ) {}

  get hasCapacity(): boolean {
    return this.count < this.maxCount && this.characters < this.maxCharacters;
  }

  add({ text }: QueuedDelivery): void {
    this.count++;
    this.characters += text.length;
  }

  remove({ text }: QueuedDelivery): void {
    this.count--;
    this.characters -= text.length;
  }
}

/**
 * What this instance knows of one webhook's deliveries. They are started in the order of their ids by the one
 * instance that owns the queue. What was stored here is kept at hand, so that it needn't be read back.
 */
export class WebhookQueue {
  /** Whether this instance starts this webhook's deliveries. */
  owned = false;
  paused = false;
  /** Whether the database may hold deliveries that are not in `fresh`. */
  behind = true;
  /** Started, and waiting for their turn to run. */
  readonly ready: ReadyRun[] = [];
  /** How many of them run right now. */
  running = 0;
  lastActive = Date.now();
  private readonly fresh = new Map<string, QueuedDelivery>();

  constructor(
    readonly key: string,
    private readonly prefetch: PrefetchBudget,
  ) {}

  /** Whether there may be something to start. */
  get hasWork(): boolean {
    return this.behind || this.fresh.size > 0;
  }

  /** Whether it can be given back: nothing waits, runs, or was lately here. */
  isIdle(forMs: number): boolean {
    return !this.hasWork && this.ready.length === 0 && this.running === 0 && Date.now() - this.lastActive > forMs;
  }

  /** Keeps a delivery that was just stored at hand, if there is room for it. */
  offer(delivery: QueuedDelivery): void {
    this.lastActive = Date.now();
    if (this.owned && this.prefetch.hasCapacity) {
      this.keep(delivery);
    } else {
      this.behind = true;
    }
  }

  /** Forgets what was at hand: it is in the database. */
  forget(): void {
    this.remove([...this.fresh.keys()]);
    this.behind = true;
  }

  /**
   * The next ones to start, in order of arrival, at most `limit`.
   * @param shared whether other instances store deliveries too: then only the database knows the order
   */
  async take(limit: number, shared: boolean, store: DeliveryStore): Promise<QueuedDelivery[]> {
    if (!this.behind && !shared) {
      return this.remove([...this.fresh.keys()].slice(0, limit));
    }
    // Before looking: what is stored from here on is either seen or kept at hand.
    this.behind = false;
    const before = [...this.fresh.keys()];
    try {
      const ids = await store.nextIds(this.key, limit);
      const missing = await store.waiting(ids.filter((id) => !this.fresh.has(id)));
      for (const { id, context } of missing) {
        this.keep({ id, text: context, context: JSON.parse(context) as object });
      }
      const taken = this.remove(ids);
      if (ids.length === limit) {
        this.behind = true;
      } else {
        // What the database no longer has as received was cancelled, or started by an instance that owned the queue before.
        this.remove(before);
      }
      return taken;
    } catch (error) {
      this.behind = true;
      throw error;
    }
  }

  private keep(delivery: QueuedDelivery): void {
    if (!this.fresh.has(delivery.id)) {
      this.fresh.set(delivery.id, delivery);
      this.prefetch.add(delivery);
    }
  }

  private remove(ids: readonly string[]): QueuedDelivery[] {
    return ids.flatMap((id) => {
      const delivery = this.fresh.get(id);
      if (!delivery) {
        return [];
      }
      this.fresh.delete(id);
      this.prefetch.remove(delivery);
      return delivery;
    });
  }
}
