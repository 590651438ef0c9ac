import type { Processor } from '@nocobase/plugin-workflow';
import type { Endpoint } from '../../endpoints/Endpoint';
import { RunRetries } from './RunRetries';
import type { DeliveryStore } from '../store/DeliveryStore';
import type { Semaphore } from './Semaphore';
import { WebhookQueue, PrefetchBudget, type QueuedDelivery } from './WebhookQueue';
import type { Throttle } from './Throttle';
import { concurrencyOf, capacityOf } from './capacity';
import type { Pick, ReadyRun, Runner, Claimer } from '../execution/backend';
import type { DeliveryLog } from '../model/delivery';

/** One transaction starts at most so many. */
const MAX_BATCH = 200;

/** So many started ones wait for their turn, over all webhooks. */
const MAX_READY = 1_000;

/** Milliseconds until the database is tried again. */
const RETRY_MS = 1_000;

export interface SchedulerParts {
  store: DeliveryStore;
  claimer: Claimer;
  runner: Runner;
  log: DeliveryLog;
  /** The enabled webhook of a workflow key. */
  endpointOf(key: string): Endpoint | undefined;
  /** Whether other instances store deliveries too. */
  shared(): boolean;
  /** Async runs at once, over all webhooks. */
  maxRuns: number;
  /** Holds runs back while callers press. */
  throttle: Throttle;
  /** Bounds the runs that callers wait for. */
  syncSlots: Semaphore;
}

/** Starts and runs what waits in the queues that this instance owns: in order within a webhook, in turn between them. */
export class Scheduler {
  private readonly queues = new Map<string, WebhookQueue>();
  /** Those with something to start, and those with something to run: whose turn is next comes first. */
  private readonly toStart = new Set<WebhookQueue>();
  private readonly toRun = new Set<WebhookQueue>();
  private readonly prefetch = new PrefetchBudget();
  private readyCount = 0;
  private running = 0;
  private waitedFor = 0;
  private filling = false;
  private again = false;
  private stopped = false;
  private pause: NodeJS.Timeout | null = null;
  private readonly broken: RunRetries;

  constructor(private readonly parts: SchedulerParts) {
    const { runner, log, endpointOf } = parts;
    const adopt = (run: ReadyRun) => {
      this.adopt(run);
      this.runReady();
    };
    this.broken = new RunRetries({ runner, log, endpointOf, adopt });
  }

  /** The queue of a webhook; made where there is none. */
  queue(key: string): WebhookQueue {
    let queue = this.queues.get(key);
    if (!queue) {
      queue = new WebhookQueue(key, this.prefetch);
      this.queues.set(key, queue);
    }
    return queue;
  }

  allQueues(): WebhookQueue[] {
    return [...this.queues.values()];
  }

  /** Forgets a queue that this instance has given back, unless something came in meanwhile. */
  drop(queue: WebhookQueue): void {
    if (!queue.owned && !queue.hasWork && queue.ready.length === 0 && queue.running === 0) {
      this.queues.delete(queue.key);
      this.toStart.delete(queue);
    }
  }

  /** Whether so much is in hand that no more should be taken over from others. */
  get isFull(): boolean {
    return this.readyCount >= MAX_READY;
  }

  /** Takes in a delivery that was just committed. */
  offer(key: string, delivery: QueuedDelivery): void {
    const queue = this.queue(key);
    queue.offer(delivery);
    this.toStart.add(queue);
  }

  /** The database may hold something new for this webhook. */
  wake(key: string): void {
    const queue = this.queue(key);
    queue.behind = true;
    this.toStart.add(queue);
  }

  /** Takes in a run that was started already: it comes before what has not been. */
  adopt(run: ReadyRun): void {
    const queue = this.queue(run.key);
    queue.ready.push(run);
    this.readyCount++;
    this.toRun.add(queue);
  }

  /** Starts and runs whatever can be; to be called whenever something changed. */
  pump(): void {
    this.runReady();
    if (this.filling) {
      this.again = true;
      return;
    }
    if (this.stopped || this.toStart.size === 0) {
      return;
    }
    this.filling = true;
    void this.fill()
      .catch((error: unknown) => {
        this.parts.log.warn('webhook deliveries could not be started; trying again', { error });
        setTimeout(() => this.pump(), RETRY_MS).unref();
      })
      .finally(() => {
        this.filling = false;
        if (this.again) {
          this.again = false;
          this.pump();
        }
      });
  }

  /** Starts nothing more, and waits for what runs. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.broken.stop();
    while (this.running + this.waitedFor > 0 || this.filling) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  private async fill(): Promise<void> {
    while (!this.stopped) {
      this.again = false;
      const picks = await this.pick();
      if (picks.length === 0) {
        return;
      }
      try {
        (await this.parts.claimer.start(picks)).forEach((run) => this.adopt(run));
      } catch (error) {
        // They are in the database still.
        for (const key of new Set(picks.map(({ endpoint }) => endpoint.key))) {
          this.queue(key).forget();
          this.wake(key);
        }
        throw error;
      }
      this.runReady();
    }
  }

  /** What to start next: each webhook in its turn, as much as it has room for. */
  private async pick(): Promise<Pick[]> {
    const picks: Pick[] = [];
    for (const queue of [...this.toStart]) {
      const left = Math.min(MAX_BATCH - picks.length, MAX_READY - this.readyCount - picks.length);
      if (left <= 0) {
        break;
      }
      const endpoint = this.parts.endpointOf(queue.key);
      const room = endpoint ? Math.min(capacityOf(queue, endpoint), left) : 0;
      if (endpoint && room > 0) {
        this.toStart.delete(queue);
        const taken = await queue.take(room, this.parts.shared(), this.parts.store).finally(() => {
          if (queue.hasWork) {
            this.toStart.add(queue);
          }
        });
        picks.push(...taken.map((delivery) => ({ endpoint, delivery })));
      }
    }
    return picks;
  }

  private runReady(): void {
    for (const queue of [...this.toRun]) {
      if (this.stopped || this.running >= this.parts.maxRuns) {
        return;
      }
      if (queue.running < concurrencyOf(this.parts.endpointOf(queue.key))) {
        const wait = this.parts.throttle.wait();
        if (wait > 0) {
          this.comeBackIn(wait);
          return;
        }
        this.toRun.delete(queue);
        const run = queue.ready.shift();
        if (queue.ready.length > 0) {
          this.toRun.add(queue);
        }
        if (run) {
          this.readyCount--;
          void this.run(queue, run);
        }
      }
    }
  }

  private comeBackIn(milliseconds: number): void {
    this.pause ??= setTimeout(() => {
      this.pause = null;
      this.pump();
    }, milliseconds).unref();
  }

  /**
   * Runs a started delivery at once, ahead of all that waits, for a caller who waits. What breaks off is gone
   * on with later, as any other.
   */
  async runNow(run: ReadyRun, options: object): Promise<Processor | null> {
    this.waitedFor++;
    try {
      return await this.parts.syncSlots.run(() => this.parts.runner.run(run, options));
    } catch (error) {
      this.broken.note(run, error);
      throw error;
    } finally {
      this.waitedFor--;
    }
  }

  private async run(queue: WebhookQueue, run: ReadyRun): Promise<void> {
    queue.running++;
    this.running++;
    this.parts.throttle.started();
    try {
      await this.parts.runner.run(run);
    } catch (error) {
      this.broken.note(run, error);
    } finally {
      queue.running--;
      this.running--;
      queue.lastActive = Date.now();
      this.pump();
    }
  }
}
