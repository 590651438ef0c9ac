import { setTimeout as delay } from 'node:timers/promises';
import type { Processor } from '@nocobase/plugin-workflow';
import type { InterruptionPolicy } from '../../../common/deliveries';
import { WebhookError } from '../../../common/errors';
import type { Endpoint } from '../../endpoints/Endpoint';
import { LeaseLost, type Lease } from '../concurrency/Lease';
import { Semaphore } from '../concurrency/Semaphore';
import type { Judge, Runner } from '../execution/backend';
import type { DeliveryLog } from '../model/delivery';
import { executionIdOf, type ReadyRun } from '../model/run';
import { concurrencyOf, mayBegin } from './capacity';
import type { QueueSet } from './QueueSet';
import type { HeldRuns } from './resuming/HeldRuns';
import { RunRetries } from './RunRetries';
import type { Throttle } from './Throttle';
import type { WebhookQueue } from './WebhookQueue';

/** So many started ones wait for their turn, over all webhooks. */
const MAX_READY = 1_000;

/** So many callers wait for their run, and no more: it is bounded for each process, whatever `concurrency` says. */
const MAX_SYNC_OPEN = 512;

/** How long the end of NocoBase is held up for runs that execute nodes, in milliseconds. */
const MAX_STOP_MS = 120_000;

export interface RunDispatcherParts {
  queues: QueueSet;
  runner: Runner;
  held: HeldRuns;
  /** Without it nothing begins. */
  lease: Pick<Lease, 'isFresh' | 'isLost' | 'confirm'>;
  log: DeliveryLog;
  /** Says of an open delivery what it waits for. */
  note(id: string, reason: string): Promise<void>;
  /** What becomes of a delivery's run where that is cut off. */
  onInterruption(id: string): Promise<InterruptionPolicy>;
  /** The enabled webhook of a workflow key. */
  endpointOf(key: string): Endpoint | undefined;
  /** How many background runs execute nodes at once, over all webhooks. */
  maxRuns: number;
  /** How many runs that callers wait for do so. */
  maxSyncRuns: number;
  /** Resolves once it is written down how a delivery's run ended. */
  written(id: string): Promise<void>;
  /** Holds runs back while callers press. */
  throttle: Throttle;
  /** A run has ended: there may be room for others. */
  onEnd(): void;
}

/**
 * Runs what was started: in order within a webhook, in turn between them. A background run needs two things. One of its
 * webhook's places (`concurrency`) it keeps until it has ended, also while it waits for the answer to a call of its own.
 * One of the process's slots it has only while it executes nodes, so that slow answers keep no other webhook from running.
 */
export class RunDispatcher {
  /** Those with something to run: whose turn is next comes first. */
  private readonly turns = new Set<WebhookQueue>();
  private readonly syncSlots: Semaphore;
  private readonly retries: RunRetries;
  /** Those whose callers wait. */
  private readonly runningNow = new Set<string>();
  private readonly underWay = new Set<Promise<unknown>>();
  private running = 0;
  /** The background runs that are in a runner's hands, and those of them that have no slot just now. */
  private readonly executing = new Set<string>();
  private readonly stalled = new Set<string>();
  private syncOpen = 0;
  private stopped = false;
  private stopNow: () => void = () => undefined;
  private readonly stopping = new Promise<void>((resolve) => (this.stopNow = resolve));
  private pause: NodeJS.Timeout | null = null;
  private isConfirming = false;

  constructor(private readonly parts: RunDispatcherParts) {
    this.syncSlots = new Semaphore(parts.maxSyncRuns);
    this.retries = new RunRetries({
      ...parts,
      retry: (run) => {
        if (parts.held.hasPlace(run.id)) {
          this.addLeg(run);
        } else {
          this.add(run);
          this.dispatch();
        }
      },
      onMarked: (run) => this.ended(run.id),
    });
  }

  /** Whether runs execute nodes. */
  get isRunning(): boolean {
    return this.underWay.size > 0;
  }

  /** How many more may be started ahead of their turn. */
  get capacity(): number {
    return MAX_READY - this.waiting().reduce((sum, { readyCount }) => sum + readyCount, 0);
  }

  /** Whether a started delivery runs here, or will: it has its turn, waits for it, or is tried again. */
  holds(id: string): boolean {
    return (
      this.parts.held.has(id) ||
      this.runningNow.has(id) ||
      this.retries.holds(id) ||
      this.waiting().some((queue) => queue.holds(id))
    );
  }

  /** The queues in which something is started, and waits for its turn to run. */
  waiting(): WebhookQueue[] {
    return [...this.turns];
  }

  /** Takes in a run that is started and needs a place. */
  add(run: ReadyRun): void {
    const queue = this.parts.queues.of(run.key);
    queue.addReady(run);
    this.turns.add(queue);
  }

  /** What of a queue could not be put back waits for its turn again. */
  putBack(queue: WebhookQueue): void {
    if (queue.hasReady) {
      this.turns.add(queue);
    }
  }

  /** Goes on with a run that has its place, or needs none. */
  addLeg(run: ReadyRun): void {
    if (this.stopped && !this.parts.held.has(run.id)) {
      return;
    }
    const queue = this.parts.queues.of(run.key);
    queue.addLeg(run);
    this.turns.add(queue);
    this.dispatch();
  }

  /** A run ended while it waited: its place is free. */
  ended(id: string): void {
    const key = this.parts.held.endIdle(id);
    if (key !== null) {
      this.freePlace(this.parts.queues.of(key), id);
    }
  }

  /** A run waits, or no longer, for the database to take what it came to: others may execute nodes meanwhile. */
  setStalled(id: string, isStalled: boolean): void {
    if (!isStalled || !this.executing.has(id)) {
      this.stalled.delete(id);
    } else if (!this.stalled.has(id)) {
      this.stalled.add(id);
      this.parts.onEnd();
    }
  }

  /** Runs whatever can be. */
  dispatch(): void {
    const { maxRuns, endpointOf, throttle, lease } = this.parts;
    if (this.turns.size > 0 && !lease.isFresh) {
      this.confirm();
      return;
    }
    for (const queue of [...this.turns]) {
      if (this.running - this.stalled.size >= maxRuns) {
        return;
      }
      const endpoint = endpointOf(queue.key);
      if (queue.canRun(this.stopped ? 0 : concurrencyOf(endpoint), mayBegin(queue, endpoint))) {
        const wait = this.stopped ? 0 : throttle.wait();
        if (wait > 0) {
          this.comeBackIn(wait);
          return;
        }
        this.runNext(queue);
      }
    }
  }

  /** Makes room for a run whose caller waits, until `leave`. Throws `OVERLOADED` where so many wait already. */
  enter(): void {
    if (this.syncOpen >= MAX_SYNC_OPEN) {
      const reason = `${MAX_SYNC_OPEN} callers wait for their runs`;
      throw new WebhookError('OVERLOADED', { reason, headers: { 'retry-after': '5' } });
    }
    this.syncOpen++;
  }

  leave(): void {
    this.syncOpen--;
  }

  /**
   * Runs a started delivery at once, ahead of all that waits, for a caller who waits. What breaks off is resumed
   * later, as any other.
   */
  async runNow(run: ReadyRun, options: object, judge?: Judge): Promise<Processor | null> {
    const { runner, lease } = this.parts;
    this.runningNow.add(run.id);
    return this.track(
      this.syncSlots
        .run(async () => {
          await lease.confirm();
          return (await runner.run(run, options, judge)).processor;
        })
        .catch((error: unknown) => {
          if (error instanceof LeaseLost) {
            throw new WebhookError('WORKFLOW_TIMEOUT', {
              reason: 'another instance goes on with the run',
              cause: error,
            });
          }
          this.retries.add(run, error);
          throw error;
        })
        .finally(() => this.runningNow.delete(run.id)),
    );
  }

  /**
   * Begins nothing more, and waits for what runs, within bounds. What then gets the answer to a call of its own still goes
   * on. What takes longer is cut off when the process ends, and resumed by whoever takes it over.
   */
  async stop(milliseconds = MAX_STOP_MS): Promise<void> {
    this.stopped = true;
    this.stopNow();
    this.retries.stop();
    const bound = new AbortController();
    await Promise.race([this.idle(), delay(milliseconds, undefined, bound)]);
    bound.abort();
    if (this.isRunning) {
      this.parts.log.warn(
        `${this.underWay.size} runs take longer than the end of NocoBase waits for; they are cut off`,
      );
    }
  }

  /** Begins nothing more. What runs is let go of before its next node. */
  abandon(): void {
    this.stopped = true;
    this.stopNow();
    this.retries.stop();
  }

  private async idle(): Promise<void> {
    while (this.underWay.size > 0) {
      await Promise.allSettled(this.underWay);
    }
  }

  /** What is in hand may be another instance's: it is asked first. */
  private confirm(): void {
    if (this.isConfirming || this.parts.lease.isLost) {
      return;
    }
    this.isConfirming = true;
    void this.parts.lease
      .confirm()
      .finally(() => (this.isConfirming = false))
      .then(
        () => this.dispatch(),
        () => undefined,
      );
  }

  private comeBackIn(milliseconds: number): void {
    this.pause ??= setTimeout(() => {
      this.pause = null;
      this.dispatch();
    }, milliseconds).unref();
  }

  private runNext(queue: WebhookQueue): void {
    this.turns.delete(queue);
    const leg = queue.nextLeg();
    const run = leg ?? queue.nextReady();
    if (queue.hasReady) {
      this.turns.add(queue);
    }
    if (run) {
      const isHeld = this.parts.held.has(run.id);
      this.parts.held.begin(run, executionIdOf(run), !leg);
      void this.track(this.run(queue, run, isHeld));
    }
  }

  /** @param isHeld whether it was held before */
  private async run(queue: WebhookQueue, run: ReadyRun, isHeld: boolean): Promise<void> {
    const { runner, held, throttle, onEnd } = this.parts;
    const isBeside = this.executing.has(run.id);
    this.running++;
    this.executing.add(run.id);
    throttle.started();
    try {
      const { isCalling, hasFailed, isStale } = await runner.run(run);
      this.leaves(run.id);
      if (hasFailed && held.mayComeAgain(run.id) && !this.stopped) {
        onEnd();
        // Not before it is known whether it is tried again, and what is behind it waits with it.
        await Promise.race([this.parts.written(run.id), this.stopping]);
      }
      // Read before another leg took it: the run is that one's to end, and keeps its place. Where it waits for nothing any
      // more, that is noticed by who looks at those that wait.
      const isAnothers = isStale && isHeld;
      if (!isAnothers || !isBeside) {
        this.settle(queue, run.id, isCalling || isAnothers);
      }
    } catch (error) {
      this.leaves(run.id);
      this.breakOff(queue, run, error);
    }
    onEnd();
  }

  private leaves(id: string): void {
    this.running--;
    this.executing.delete(id);
    this.stalled.delete(id);
  }

  private settle(queue: WebhookQueue, id: string, isCalling: boolean): void {
    const { held } = this.parts;
    if (isCalling || held.isWaking(id)) {
      const next = held.pause(id, 'calling');
      if (next) {
        this.addLeg(next);
      }
    } else if (held.end(id)) {
      this.freePlace(queue, id);
    }
  }

  /** One by one, or with a key, what comes behind it waits until it is through; side by side, it is the next to get a place again. */
  private breakOff(queue: WebhookQueue, run: ReadyRun, error: unknown): void {
    const { held, endpointOf } = this.parts;
    if (error instanceof LeaseLost) {
      // It is another instance's to go on with.
      if (held.end(run.id)) {
        this.freePlace(queue, run.id);
      }
      return;
    }
    if (concurrencyOf(endpointOf(queue.key)) === 1 || run.orderKey !== null) {
      held.pause(run.id, 'broken');
    } else if (held.end(run.id)) {
      this.freePlace(queue, run.id);
    }
    this.retries.add(run, error);
  }

  private freePlace(queue: WebhookQueue, id: string): void {
    queue.freePlace(id);
    this.dispatch();
    this.parts.onEnd();
  }

  private track<T>(work: Promise<T>): Promise<T> {
    this.underWay.add(work);
    const done = () => void this.underWay.delete(work);
    work.then(done, done);
    return work;
  }
}
