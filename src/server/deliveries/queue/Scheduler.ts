import type { Endpoint } from '../../endpoints/Endpoint';
import type { Lease } from '../concurrency/Lease';
import type { Service } from '../concurrency/Service';
import type { Claimed, Claimer, Held } from '../execution/backend';
import type { DeliveryLog } from '../model/delivery';
import { orderOf } from '../model/order';
import type { ClaimRequest, QueuedDelivery, ReadyRun } from '../model/run';
import type { DeliveryStore } from '../store/DeliveryStore';
import { capacityOf } from './capacity';
import type { QueueSet } from './QueueSet';
import type { Resumptions } from './resuming/Resumptions';
import type { RunDispatcher } from './RunDispatcher';
import type { Unclaimer } from './Unclaimer';
import type { WebhookQueue } from './WebhookQueue';
import { because, type Reason } from '../../../common/reasons/reason';

/** One transaction starts at most so many. */
const MAX_BATCH = 200;

/** Milliseconds until the database is tried again. */
const RETRY_MS = 1_000;

export interface SchedulerParts {
  store: DeliveryStore;
  queues: QueueSet;
  claimer: Claimer;
  dispatcher: RunDispatcher;
  resumptions: Pick<Resumptions, 'read'>;
  unclaimer: Unclaimer;
  /** Without it nothing is claimed. */
  lease: Pick<Lease, 'isLost' | 'confirm'>;
  log: DeliveryLog;
  /** Says of an open delivery what it waits for. */
  note(id: string, reason: Reason): Promise<void>;
  /** Whether an earlier attempt of a delivery is in hand here still. */
  isInHand(id: string): boolean;
  /** The enabled webhook of a workflow key. */
  endpointOf(key: string): Endpoint | undefined;
  /** Whether other instances store deliveries too. */
  shared(): boolean;
}

/** Starts what waits in the queues that this instance owns: in order within a webhook, in turn between them. */
export class Scheduler implements Service {
  /** Those with something to start: whose turn is next comes first. */
  private readonly turns = new Set<WebhookQueue>();
  /** Those that are being started. */
  private readonly claiming = new Set<string>();
  private working: Promise<void> | null = null;
  private again = false;
  private stopped = false;

  constructor(private readonly parts: SchedulerParts) {}

  start(): void {}

  /** Starts nothing more, waits for what runs, and puts back what was claimed and has not begun. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.parts.dispatcher.stop();
    await this.working;
    await this.parts.unclaimer.all();
  }

  /** Starts nothing more, and lets go of what is in hand. */
  abandon(): void {
    this.stopped = true;
    this.parts.dispatcher.abandon();
    // What is stored under the old identity is told to whoever has the queues.
    this.parts.queues.all().forEach((queue) => queue.lost());
  }

  /** Whether so much is claimed that no more should be taken over from others. */
  get isFull(): boolean {
    return this.parts.dispatcher.capacity <= 0;
  }

  /** Whether a delivery is being started, or it isn't known yet if it was. */
  holds(id: string): boolean {
    return this.claiming.has(id) || this.parts.claimer.holds(id);
  }

  /** Takes in a delivery that was just committed. */
  offer(key: string, delivery: QueuedDelivery): void {
    const queue = this.parts.queues.of(key);
    queue.offer(delivery);
    this.turns.add(queue);
  }

  /** The database may hold something new for this webhook. */
  wake(key: string): void {
    const queue = this.parts.queues.of(key);
    queue.markStale();
    queue.markWoken();
    this.turns.add(queue);
    this.dispatch();
  }

  /** The database holds a run of this webhook that wants to go on. */
  wakeResumed(key: string): void {
    const queue = this.parts.queues.of(key);
    queue.markWoken();
    this.turns.add(queue);
    this.dispatch();
  }

  /** Takes in a run that was started already: it comes before what has not been. */
  resume(run: ReadyRun): void {
    this.parts.dispatcher.add(run);
    this.parts.dispatcher.dispatch();
  }

  /** Starts and runs whatever can be; to be called whenever something changed. */
  dispatch(): void {
    this.parts.dispatcher.dispatch();
    this.putBackLate();
    if (this.working) {
      this.again = true;
      return;
    }
    if (this.stopped || this.turns.size === 0) {
      return;
    }
    this.working = this.claimAll()
      .catch((error: unknown) => {
        if (this.parts.lease.isLost) {
          return;
        }
        this.parts.log.warn('webhook deliveries could not be started; trying again', { error });
        setTimeout(() => this.dispatch(), RETRY_MS).unref();
      })
      .finally(() => {
        this.working = null;
        if (this.again) {
          this.again = false;
          this.dispatch();
        }
      });
  }

  /** Puts back what was claimed and must not begin, or has not in time. */
  putBackLate(): void {
    this.parts.unclaimer.check(this.parts.dispatcher.waiting());
  }

  private async claimAll(): Promise<void> {
    const { dispatcher, resumptions } = this.parts;
    while (!this.stopped) {
      this.again = false;
      await this.parts.lease.confirm();
      await resumptions.read();
      const { requests, unread, queues } = await this.nextRequests();
      const { runs, held, failure } = await this.claim(requests);
      runs.forEach((run) => dispatcher.add(run));
      queues.forEach((queue) => queue.setClaiming(false));
      dispatcher.dispatch();
      if (failure || held.length > 0) {
        this.refresh(requests);
      }
      await Promise.all(held.map((one) => this.hold(one)));
      if (failure ?? unread) {
        throw failure ?? unread;
      }
      if (requests.length === 0) {
        return;
      }
    }
  }

  private async claim(requests: readonly ClaimRequest[]): Promise<Claimed> {
    requests.forEach(({ delivery }) => this.claiming.add(delivery.id));
    try {
      return await this.parts.claimer.claim(requests);
    } catch (error) {
      return { runs: [], held: [], failure: toError(error) };
    } finally {
      this.claiming.clear();
    }
  }

  /**
   * What to start next: each webhook in its turn, as much as it has capacity for. With the error of those that could not
   * be read, which keeps nobody else from their turn.
   */
  private async nextRequests(): Promise<Requested> {
    const { dispatcher, endpointOf, shared, store } = this.parts;
    const requests: ClaimRequest[] = [];
    const queues: WebhookQueue[] = [];
    let unread: Error | null = null;
    for (const queue of [...this.turns]) {
      const left = Math.min(MAX_BATCH, dispatcher.capacity) - requests.length;
      if (left <= 0) {
        break;
      }
      const endpoint = endpointOf(queue.key);
      const capacity = endpoint ? Math.min(capacityOf(queue, endpoint), left) : 0;
      if (endpoint && capacity > 0) {
        this.turns.delete(queue);
        queue.setClaiming(true);
        queues.push(queue);
        try {
          const taken = await queue.take(capacity, shared(), orderOf(endpoint), store);
          requests.push(...this.withoutEarly(queue, taken).map((delivery) => ({ endpoint, delivery })));
        } catch (error) {
          unread = toError(error);
        }
        if (queue.hasWork) {
          this.turns.add(queue);
        }
      }
    }
    return { requests, unread, queues };
  }

  /** No two attempts are under way at once: where one is, it and what is behind it come a little later. */
  private withoutEarly(queue: WebhookQueue, taken: QueuedDelivery[]): QueuedDelivery[] {
    const { isInHand } = this.parts;
    const early = taken.findIndex(({ id, attempts }) => attempts > 0 && isInHand(id));
    if (early < 0) {
      return taken;
    }
    const wait = queue.hold(taken[early]?.id ?? '');
    setTimeout(() => this.wake(queue.key), wait + 1).unref();
    queue.refresh();
    return taken.slice(0, early);
  }

  /** Tries one again after a while, and says so in the log of deliveries. */
  private async hold({ id, key, error }: Held): Promise<void> {
    const { queues, note, log } = this.parts;
    const wait = queues.of(key).hold(id);
    setTimeout(() => this.wake(key), wait + 1).unref();
    log.warn(`webhook delivery ${id} could not be started; trying again in ${wait} ms`, { error });
    await note(id, because('START_RETRIED', { error: error.message })).catch(() => undefined);
  }

  /** Those that were not started are in the database still. */
  private refresh(requests: readonly ClaimRequest[]): void {
    for (const key of new Set(requests.map(({ endpoint }) => endpoint.key))) {
      const queue = this.parts.queues.of(key);
      queue.refresh();
      this.turns.add(queue);
    }
  }
}

/** What is to be claimed, of which queues; with the error of those that could not be read. */
interface Requested {
  requests: ClaimRequest[];
  unread: Error | null;
  queues: WebhookQueue[];
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
