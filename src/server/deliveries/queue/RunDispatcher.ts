import type { Processor } from '@nocobase/plugin-workflow';
import type { Endpoint } from '../../endpoints/Endpoint';
import { Semaphore } from '../concurrency/Semaphore';
import type { Runner } from '../execution/backend';
import type { DeliveryLog } from '../model/delivery';
import type { ReadyRun } from '../model/run';
import { concurrencyOf } from './capacity';
import type { QueueSet } from './QueueSet';
import { RunRetries } from './RunRetries';
import type { Throttle } from './Throttle';
import type { WebhookQueue } from './WebhookQueue';

/** So many started ones wait for their turn, over all webhooks. */
const MAX_READY = 1_000;

export interface RunDispatcherParts {
  queues: QueueSet;
  runner: Runner;
  log: DeliveryLog;
  /** Says of an open delivery what it waits for. */
  note(id: string, reason: string): Promise<void>;
  /** The enabled webhook of a workflow key. */
  endpointOf(key: string): Endpoint | undefined;
  /** Async runs at once, over all webhooks. */
  maxRuns: number;
  /** Runs at once that callers wait for. */
  maxSyncRuns: number;
  /** Holds runs back while callers press. */
  throttle: Throttle;
  /** A run has ended: there may be room for others. */
  onEnd(): void;
}

/** Runs what was started: in order within a webhook, in turn between them, so many at once. */
export class RunDispatcher {
  /** Those with something to run: whose turn is next comes first. */
  private readonly turns = new Set<WebhookQueue>();
  private readonly syncSlots: Semaphore;
  private readonly retries: RunRetries;
  private readonly underWay = new Set<Promise<unknown>>();
  private ready = 0;
  private running = 0;
  private stopped = false;
  private pause: NodeJS.Timeout | null = null;

  constructor(private readonly parts: RunDispatcherParts) {
    this.syncSlots = new Semaphore(parts.maxSyncRuns);
    this.retries = new RunRetries({
      ...parts,
      retry: (run) => {
        this.add(run);
        this.dispatch();
      },
    });
  }

  /** How many more may be started ahead of their turn. */
  get capacity(): number {
    return MAX_READY - this.ready;
  }

  /** Takes in a run that is started: it comes before what has not been. */
  add(run: ReadyRun): void {
    const queue = this.parts.queues.of(run.key);
    queue.addReady(run);
    this.ready++;
    this.turns.add(queue);
  }

  /** Runs whatever can be. */
  dispatch(): void {
    const { maxRuns, endpointOf, throttle } = this.parts;
    for (const queue of [...this.turns]) {
      if (this.stopped || this.running >= maxRuns) {
        return;
      }
      if (queue.runningCount < concurrencyOf(endpointOf(queue.key))) {
        const wait = throttle.wait();
        if (wait > 0) {
          this.comeBackIn(wait);
          return;
        }
        this.runNext(queue);
      }
    }
  }

  /**
   * Runs a started delivery at once, ahead of all that waits, for a caller who waits. What breaks off is resumed
   * later, as any other.
   */
  async runNow(run: ReadyRun, options: object): Promise<Processor | null> {
    const { runner } = this.parts;
    return this.track(
      this.syncSlots
        .run(() => runner.run(run, options))
        .catch((error: unknown) => {
          this.retries.add(run, error);
          throw error;
        }),
    );
  }

  /** Runs nothing more, and waits for what runs. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.retries.stop();
    while (this.underWay.size > 0) {
      await Promise.allSettled(this.underWay);
    }
  }

  private comeBackIn(milliseconds: number): void {
    this.pause ??= setTimeout(() => {
      this.pause = null;
      this.dispatch();
    }, milliseconds).unref();
  }

  private runNext(queue: WebhookQueue): void {
    this.turns.delete(queue);
    const run = queue.beginRun();
    if (queue.readyCount > 0) {
      this.turns.add(queue);
    }
    if (run) {
      this.ready--;
      void this.track(this.run(queue, run));
    }
  }

  private async run(queue: WebhookQueue, run: ReadyRun): Promise<void> {
    const { runner, throttle, onEnd } = this.parts;
    this.running++;
    throttle.started();
    try {
      await runner.run(run);
    } catch (error) {
      this.retries.add(run, error);
    } finally {
      this.running--;
      queue.runEnded();
      onEnd();
    }
  }

  private track<T>(work: Promise<T>): Promise<T> {
    this.underWay.add(work);
    const done = () => void this.underWay.delete(work);
    work.then(done, done);
    return work;
  }
}
