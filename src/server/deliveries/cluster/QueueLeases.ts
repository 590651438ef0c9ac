import { Semaphore } from '../concurrency/Semaphore';
import type { Incoming } from '../intake/Inbox';
import type { QueueSet } from '../queue/QueueSet';
import type { Scheduler } from '../queue/Scheduler';
import type { QueueLease, QueueLeaseStore } from '../store/QueueLeaseStore';

/** What was just stored. */
const NEVER_TRIED = { attempts: 0, executionIds: [] };

/** A queue in which nothing has happened for so long is given back, for another instance to take. */
const IDLE_MS = 10_000;

export interface QueueLeasesParts {
  store: QueueLeaseStore;
  queues: QueueSet;
  scheduler: Scheduler;
  instanceId: string;
  /** Whether this instance has an enabled webhook of this key: it may not have been told yet, or no more be. */
  knows(key: string): boolean;
  /** Whether this instance runs workflows at all. */
  serving(): boolean;
}

/**
 * Which webhooks' deliveries this instance starts. A queue goes to the first instance that stores something in it,
 * and stays there while there is something to do; the others notify the owner when they have stored something.
 */
export class QueueLeases {
  /** Those that have a row. */
  private readonly known = new Set<string>();
  private paused = new Set<string>();
  private wanted = new Set<string>();
  /** Those of an instance that is gone: what it had started comes before anything is started here. */
  private readonly inherited = new Map<string, QueueLease>();
  /** What is being given back must not be asked for in the same moment. */
  private readonly mutex = new Semaphore(1);
  private claiming = false;

  constructor(private readonly parts: QueueLeasesParts) {}

  isPaused(key: string): boolean {
    return this.paused.has(key);
  }

  /** Takes in what was just committed, and sees to it that the owners of its queues know. Never rejects. */
  offer(stored: readonly Incoming[]): void {
    const { scheduler } = this.parts;
    for (const { row, context } of stored) {
      if (row.status === 'received' && row.context !== null) {
        scheduler.offer(row.key, {
          ...NEVER_TRIED,
          id: row.id,
          workflowId: row.workflowId,
          orderKey: row.orderKey,
          text: row.context,
          context,
        });
        this.notify(row.key);
      }
    }
    scheduler.dispatch();
  }

  /** Sees to it that whoever has a webhook's queue looks for runs that want to go on. */
  offerResumed(key: string): void {
    this.parts.scheduler.wakeResumed(key);
    this.notify(key);
  }

  /** Sees to it that whoever has a webhook's queue looks at what is received in it. */
  offerAgain(key: string): void {
    if (this.parts.queues.of(key).isOwned) {
      this.parts.scheduler.wake(key);
    } else {
      this.notify(key);
    }
  }

  /** Has what is to be tried again by now started, in the queues that this instance has or that nobody has. */
  async pollAttempts(): Promise<void> {
    const { store, instanceId, knows, serving } = this.parts;
    const due = serving() ? await store.withDueAttempts(instanceId, new Date()) : [];
    due.filter((key) => knows(key)).forEach((key) => this.offerAgain(key));
  }

  /** Makes sure that these webhooks have a row each, by which they are found. */
  async ensure(keys: readonly string[]): Promise<void> {
    const unknown = keys.filter((key) => !this.known.has(key));
    if (unknown.length > 0) {
      await this.parts.store.ensure(unknown);
      unknown.forEach((key) => this.known.add(key));
    }
  }

  /** Looks at what changed since the last time: notifications, pauses, queues that were freed or taken away. */
  async poll(): Promise<void> {
    await this.mutex.run(() => this.look());
    this.parts.scheduler.dispatch();
  }

  /** Pauses or resumes a webhook, on every instance. */
  async setPaused(key: string, paused: boolean): Promise<void> {
    await this.parts.store.setPaused(key, paused);
    await this.poll();
  }

  /** These have come to this instance from one that is gone; nothing is started in them until `enter`. */
  inherit(queues: readonly QueueLease[]): void {
    queues.forEach((queue) => this.inherited.set(queue.key, queue));
  }

  /** They have not come after all, or that isn't known: then it is found by a look. */
  disinherit(queues: readonly QueueLease[]): void {
    queues.forEach(({ key }) => this.inherited.delete(key));
  }

  /** What had been started in these is taken up: goes on with what waits, or gives back those of webhooks not known here. */
  async enter(inherited: readonly QueueLease[]): Promise<void> {
    const { store, queues, instanceId, knows } = this.parts;
    await this.mutex.run(async () => {
      for (const { key, paused } of inherited) {
        this.inherited.delete(key);
        if (knows(key)) {
          this.take(key, paused);
        } else {
          queues.of(key).lost();
          await store.handBack(key, instanceId);
        }
      }
    });
  }

  /** Gives back the queues in which nothing happens any more, and those of webhooks that aren't known here. */
  releaseIdle(): Promise<void> {
    return this.mutex.run(async () => {
      const { store, queues, scheduler, instanceId, knows } = this.parts;
      for (const queue of queues.all()) {
        if (queue.isOwned && !queue.isBusy && !knows(queue.key)) {
          queue.lost();
          await store.handBack(queue.key, instanceId);
          queues.drop(queue);
        } else if (queue.isOwned && queue.isIdle(IDLE_MS)) {
          queue.released();
          if (await store.release(queue.key, instanceId)) {
            queues.drop(queue);
          } else {
            scheduler.wake(queue.key);
            this.wanted.add(queue.key);
          }
        }
      }
      await this.claimWanted();
    });
  }

  private notify(key: string): void {
    if (!this.parts.queues.of(key).isOwned) {
      this.wanted.add(key);
      if (!this.claiming) {
        this.claiming = true;
        // What can't be said now is found by the look at forgotten queues.
        this.mutex.run(() => this.claimWanted()).catch(() => undefined);
      }
    }
  }

  private async look(): Promise<void> {
    const { store, scheduler, instanceId } = this.parts;
    const rows = await store.poll(instanceId);
    this.paused = new Set(rows.filter(({ paused }) => paused).map(({ key }) => key));
    const mine = rows.filter(({ owner }) => owner === instanceId);
    const notified = mine.filter((row) => row.notified).map(({ key }) => key);
    if (notified.length > 0) {
      await store.acknowledge(notified, instanceId);
      notified.forEach((key) => scheduler.wake(key));
    }
    this.applyOwnership(mine);
    const free = rows.filter((row) => row.owner === null && row.notified).map(({ key }) => key);
    await this.acquire(free);
  }

  private async claimWanted(): Promise<void> {
    this.claiming = false;
    const keys = [...this.wanted];
    this.wanted = new Set();
    if (keys.length === 0) {
      return;
    }
    await this.ensure(keys);
    const toNotify = await this.acquire(keys);
    if (toNotify.length > 0) {
      await this.parts.store.notify(toNotify);
    }
  }

  /** Takes queues that are free, of webhooks that can be run here; returns the others that nobody has notified yet. */
  private async acquire(keys: readonly string[]): Promise<string[]> {
    const { store, instanceId, serving, knows } = this.parts;
    const own = keys.filter((key) => serving() && knows(key));
    const rest = keys.filter((key) => !own.includes(key));
    const rows = own.length > 0 ? await store.acquire(own, instanceId) : [];
    for (const { key, paused } of rows.filter((row) => row.owner === instanceId && !this.inherited.has(row.key))) {
      this.take(key, paused);
    }
    const unaware = rows.filter(({ owner, notified }) => owner !== instanceId && !notified).map(({ key }) => key);
    return [...unaware, ...rest];
  }

  private take(key: string, paused: boolean): void {
    const queue = this.parts.queues.of(key);
    queue.acquired();
    queue.setPaused(paused);
    this.parts.scheduler.wake(key);
  }

  private applyOwnership(mine: readonly QueueLease[]): void {
    const byKey = new Map(mine.map((row) => [row.key, row]));
    for (const queue of this.parts.queues.all()) {
      const row = byKey.get(queue.key);
      if (row) {
        queue.setPaused(row.paused);
      } else if (queue.isOwned) {
        queue.lost();
      }
    }
  }
}
