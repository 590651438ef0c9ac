import { WebhookError } from '../../../common/errors';
import { isConnectionError, isUniqueError } from '../store/databaseErrors';
import type { DeliveryStore } from '../store/DeliveryStore';
import { arrivalOf } from '../model/ids';
import type { DeliveryRow, ExecutionRow, FirstDelivery } from '../model/delivery';

/** A delivery on its way into the database. */
export interface Incoming {
  row: DeliveryRow;
  /** The workflow's `$context`. */
  context: object;
  /** What it takes in memory, roughly. */
  bytes: number;
  /** Milliseconds for which its dedupe slot keeps repeats out. */
  windowMs: number;
  /** Set: it is started in the same commit. */
  execution: ExecutionRow | null;
}

interface Waiter {
  incoming: Incoming;
  resolve(first: FirstDelivery | null): void;
  reject(error: unknown): void;
}

/** One INSERT takes at most so much; the rest goes into the next. */
const MAX_ROWS = 200;
const MAX_BATCH_BYTES = 4 << 20;

/** More than this never waits: whoever comes then is told to come again. */
const MAX_WAITING = 5_000;
const MAX_WAITING_BYTES = 64 << 20;

/** Seconds after which a caller who was turned away may try again. */
const RETRY_AFTER = { 'retry-after': '5' };

/** How long a caller waits for the commit, in milliseconds. */
const MAX_WAIT = 15_000;

/**
 * The way into the database, by group commit: what arrives while one INSERT is under way goes into the
 * next, so a lone delivery waits for nobody and many share one commit.
 */
export class Inbox {
  private queue: Waiter[] = [];
  private waitingBytes = 0;
  private working = false;
  /** Deliveries of which it isn't known yet whether they are stored; a caller may have stopped waiting for one. */
  private readonly undecided = new Set<string>();

  /** @param onStored told of what was committed, in order of arrival */
  constructor(
    private readonly store: DeliveryStore,
    private readonly onStored: (stored: readonly Incoming[]) => void,
    private readonly bounds = { rows: MAX_WAITING, bytes: MAX_WAITING_BYTES, waitMs: MAX_WAIT },
  ) {}

  /** How many wait for their commit. */
  get depth(): number {
    return this.queue.length;
  }

  /** Whether a delivery may still be stored. */
  holds(id: string): boolean {
    return this.undecided.has(id);
  }

  /**
   * Resolves to null once the delivery is committed, or to the earlier one that it is a repeat of: then
   * nothing is stored. Rejects with `OVERLOADED` past the bound, `NOT_RECORDED` where the database takes nothing.
   */
  async put(incoming: Incoming): Promise<FirstDelivery | null> {
    if (this.queue.length >= this.bounds.rows || this.waitingBytes + incoming.bytes > this.bounds.bytes) {
      throw new WebhookError('OVERLOADED', { reason: 'the inbox is full', headers: RETRY_AFTER });
    }
    return new Promise((resolve, reject) => {
      const late = () => reject(notRecorded(new Error(`no commit within ${this.bounds.waitMs} ms`)));
      const timer = setTimeout(late, this.bounds.waitMs);
      const decided = () => {
        clearTimeout(timer);
        this.undecided.delete(incoming.row.id);
      };
      this.waitingBytes += incoming.bytes;
      this.undecided.add(incoming.row.id);
      this.queue.push({
        incoming,
        resolve: (first) => {
          decided();
          resolve(first);
        },
        reject: (error) => {
          decided();
          reject(notRecorded(error));
        },
      });
      void this.work();
    });
  }

  /** Resolves once nothing waits any more. */
  async drained(): Promise<void> {
    while (this.working) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  private async work(): Promise<void> {
    if (this.working) {
      return;
    }
    this.working = true;
    // What arrives in the same turn of the event loop goes along.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.queue.length > 0) {
      const batch = this.nextBatch();
      await this.write(batch).catch((error: unknown) => batch.forEach(({ reject }) => reject(error)));
      for (const { incoming } of batch) {
        this.waitingBytes -= incoming.bytes;
      }
    }
    this.working = false;
  }

  private nextBatch(): Waiter[] {
    let bytes = 0;
    let count = 0;
    for (const { incoming } of this.queue) {
      bytes += incoming.bytes;
      if (count > 0 && (count >= MAX_ROWS || bytes > MAX_BATCH_BYTES)) {
        break;
      }
      count++;
    }
    const batch = this.queue.slice(0, count);
    this.queue = this.queue.slice(count);
    return batch;
  }

  private async write(batch: readonly Waiter[]): Promise<void> {
    const fresh = await this.withoutRepeats(batch);
    if (fresh.length > 0) {
      await this.insert(fresh);
    }
  }

  /** Answers the repeats among them and returns the others. A repeat within the batch waits for its first. */
  private async withoutRepeats(batch: readonly Waiter[]): Promise<Waiter[]> {
    const slots = batch.flatMap(({ incoming }) => incoming.row.dedupeSlot ?? []);
    if (slots.length === 0) {
      return [...batch];
    }
    const holders = await this.store.slotHolders([...new Set(slots)]);
    const over: string[] = [];
    const inBatch = new Map<string, Waiter>();
    const fresh: Waiter[] = [];
    for (const waiter of batch) {
      const { row, windowMs } = waiter.incoming;
      const holder = row.dedupeSlot === null ? undefined : holders.get(row.dedupeSlot);
      const twin = row.dedupeSlot === null ? undefined : inBatch.get(row.dedupeSlot);
      if (holder && row.receivedAt.getTime() - arrivalOf(holder.id) < windowMs) {
        waiter.resolve(holder);
      } else if (twin) {
        followTwin(twin, waiter);
      } else {
        if (holder) {
          over.push(holder.id);
        }
        if (row.dedupeSlot !== null) {
          inBatch.set(row.dedupeSlot, waiter);
        }
        fresh.push(waiter);
      }
    }
    if (over.length > 0) {
      await this.store.freeSlots(over);
    }
    return fresh;
  }

  /** Inserts them in one commit; where that fails, in halves, so that a bad one fails alone. */
  private async insert(waiters: readonly Waiter[]): Promise<void> {
    try {
      await this.commit(waiters.map(({ incoming }) => incoming));
    } catch (error) {
      if (waiters.length > 1 && !isConnectionError(error)) {
        const middle = Math.ceil(waiters.length / 2);
        await this.insert(waiters.slice(0, middle));
        await this.insert(waiters.slice(middle));
        return;
      }
      await this.fail(waiters, error);
      return;
    }
    this.onStored(waiters.map(({ incoming }) => incoming));
    waiters.forEach(({ resolve }) => resolve(null));
  }

  private async commit(incoming: readonly Incoming[]): Promise<void> {
    const rows = incoming.map(({ row }) => row);
    const executions = incoming.flatMap(({ execution }) => execution ?? []);
    if (executions.length === 0) {
      return this.store.insert(rows);
    }
    await this.store.transaction(async (tx) => {
      await this.store.insert(rows, tx);
      await this.store.insertExecutions(executions, tx);
    });
  }

  /** A lone row whose slot another instance took in the same moment is a repeat; everything else was not recorded. */
  private async fail(waiters: readonly Waiter[], error: unknown): Promise<void> {
    for (const waiter of waiters) {
      const slot = waiter.incoming.row.dedupeSlot;
      const holder =
        slot !== null && isUniqueError(error) ? (await this.store.slotHolders([slot])).get(slot) : undefined;
      if (holder) {
        waiter.resolve(holder);
      } else {
        waiter.reject(error);
      }
    }
  }
}

/** Makes `twin`'s outcome `waiter`'s too: stored, it is the first and `waiter` its repeat. */
function followTwin(twin: Waiter, waiter: Waiter): void {
  const { resolve, reject } = twin;
  const { row } = twin.incoming;
  twin.resolve = (first) => {
    resolve(first);
    waiter.resolve(first ?? row);
  };
  twin.reject = (error) => {
    reject(error);
    waiter.reject(error);
  };
}

function notRecorded(error: unknown): WebhookError {
  return error instanceof WebhookError
    ? error
    : new WebhookError('NOT_RECORDED', { cause: error, headers: RETRY_AFTER });
}
