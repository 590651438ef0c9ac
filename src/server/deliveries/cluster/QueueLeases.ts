import type { QueueRow, InstanceStore } from '../store/InstanceStore';
import type { Scheduler } from '../queue/Scheduler';

/** A queue in which nothing has happened for so long is given back, for another instance to take. */
const IDLE_MS = 10_000;

/**
 * Which webhooks' deliveries this instance starts. A queue goes to the first instance that stores something in it,
 * and stays there while there is something to do; the others tell the owner that they stored something.
 */
export class QueueLeases {
  /** Those that have a row. */
  private readonly known = new Set<string>();
  private paused = new Set<string>();
  private wanted = new Set<string>();
  /** One thing at a time: what is being given back must not be asked for in the same moment. */
  private turn: Promise<void> = Promise.resolve();
  private claiming = false;

  constructor(
    private readonly store: InstanceStore,
    private readonly scheduler: Scheduler,
    private readonly instanceId: string,
    /** Whether this instance runs workflows at all. */
    private readonly serving: () => boolean,
  ) {}

  isPaused(key: string): boolean {
    return this.paused.has(key);
  }

  /** Something was stored for this webhook: sees to it that its owner knows. Rejects never. */
  notify(key: string): void {
    if (!this.scheduler.queue(key).owned) {
      this.wanted.add(key);
      if (!this.claiming) {
        this.claiming = true;
        // What can't be said now is found by the look at forgotten queues.
        void this.inTurn(() => this.claimWanted()).catch(() => undefined);
      }
    }
  }

  /** Makes sure that these webhooks have a row each, by which they are found. */
  async ensure(keys: readonly string[]): Promise<void> {
    const unknown = keys.filter((key) => !this.known.has(key));
    if (unknown.length > 0) {
      await this.store.ensureQueues(unknown);
      unknown.forEach((key) => this.known.add(key));
    }
  }

  /** Looks at what changed since the last time: notifications, pauses, queues that were freed or taken away. */
  poll(): Promise<void> {
    return this.inTurn(async () => {
      const rows = await this.store.poll(this.instanceId);
      this.paused = new Set(rows.filter(({ paused }) => paused).map(({ key }) => key));
      const mine = rows.filter(({ owner }) => owner === this.instanceId);
      const notified = mine.filter((row) => row.notified).map(({ key }) => key);
      if (notified.length > 0) {
        await this.store.acknowledge(notified, this.instanceId);
        notified.forEach((key) => this.scheduler.wake(key));
      }
      this.applyOwnership(mine);
      const free = rows.filter(({ owner, notified: isNotified }) => owner === null && isNotified).map(({ key }) => key);
      if (free.length > 0 && this.serving()) {
        await this.acquire(free);
      }
    });
  }

  /** Gives back the queues in which nothing happens any more. */
  releaseIdle(): Promise<void> {
    return this.inTurn(async () => {
      for (const queue of this.scheduler.allQueues()) {
        if (queue.owned && queue.isIdle(IDLE_MS)) {
          queue.owned = false;
          if (await this.store.releaseQueue(queue.key, this.instanceId)) {
            this.scheduler.drop(queue);
          } else {
            this.scheduler.wake(queue.key);
            this.wanted.add(queue.key);
          }
        }
      }
      await this.claimWanted();
    });
  }

  private async claimWanted(): Promise<void> {
    this.claiming = false;
    const keys = [...this.wanted];
    this.wanted = new Set();
    if (keys.length === 0) {
      return;
    }
    await this.ensure(keys);
    const toNotify = this.serving() ? await this.acquire(keys) : keys;
    if (toNotify.length > 0) {
      await this.store.notify(toNotify);
    }
  }

  /** Takes queues that are free; returns those of others that nobody has notified yet. */
  private async acquire(keys: readonly string[]): Promise<string[]> {
    const rows = await this.store.acquire(keys, this.instanceId);
    for (const row of rows.filter(({ owner }) => owner === this.instanceId)) {
      const queue = this.scheduler.queue(row.key);
      queue.owned = true;
      queue.paused = row.paused;
      this.scheduler.wake(row.key);
    }
    this.scheduler.pump();
    return rows.filter(({ owner, notified }) => owner !== this.instanceId && !notified).map(({ key }) => key);
  }

  private applyOwnership(mine: readonly QueueRow[]): void {
    const byKey = new Map(mine.map((row) => [row.key, row]));
    for (const queue of this.scheduler.allQueues()) {
      const row = byKey.get(queue.key);
      queue.paused = row?.paused ?? queue.paused;
      if (queue.owned && !row) {
        // Taken away: this instance was believed dead.
        queue.owned = false;
        queue.forget();
      }
    }
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.turn.then(work);
    this.turn = turn.catch(() => undefined);
    return turn;
  }
}
