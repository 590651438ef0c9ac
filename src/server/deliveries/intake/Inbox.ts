import { WebhookError } from '../../../common/errors';
import { Batcher } from '../concurrency/Batcher';
import { bisect } from '../concurrency/bisect';
import type { Service } from '../concurrency/Service';
import type { DeliveryRow, ExecutionRow, OriginalDelivery } from '../model/delivery';
import { isConnectionError, isInDoubt, isSilence, isTooLarge, isUniqueError } from '../store/databaseErrors';
import type { DeliveryStore } from '../store/DeliveryStore';
import type { ExecutionStore } from '../store/ExecutionStore';
import { withFreeIds } from '../store/freeIds';
import type { WriteLock } from '../store/WriteLock';
import { takesSlotOver, type DuplicateRule } from './duplicates';

/** A delivery on its way into the database. */
export interface Incoming {
  row: DeliveryRow;
  /** The workflow's `$context`. */
  context: object;
  /** What it takes in memory, roughly. */
  bytes: number;
  /** null: it has no dedupe slot. */
  rule: DuplicateRule | null;
  /** Set: it is started in the same commit. */
  execution: ExecutionRow | null;
  /** Gives its execution another id. */
  renumber?(): void;
}

export interface InboxParts {
  store: DeliveryStore;
  executions: ExecutionStore;
  lock: WriteLock;
  /** Told of what was committed, in order of arrival. */
  onStored(stored: readonly Incoming[]): void;
  /** Told of one that may be stored yet, with its execution, and whose caller was told that it isn't. */
  onRefused(id: string): void;
  /** Ends those that were stored after their callers had been told that they are not; they must not run. */
  withdraw(ids: readonly string[]): Promise<void>;
}

/** What became of one: null, it is stored; or it is a duplicate of this one. */
type Put = PromiseSettledResult<OriginalDelivery | null>;

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
export class Inbox implements Service {
  private readonly batcher: Batcher<Incoming, OriginalDelivery | null>;
  /**
   * Deliveries in a batch that is not decided yet: open; refused, whose callers have been told that they are not stored; or
   * stored, whose callers wait for no more than the rest of the batch.
   */
  private readonly undecided = new Map<string, 'open' | 'refused' | 'stored'>();

  constructor(
    private readonly parts: InboxParts,
    private readonly bounds = { rows: MAX_WAITING, bytes: MAX_WAITING_BYTES, waitMs: MAX_WAIT },
  ) {
    this.batcher = new Batcher((batch) => this.write(batch), {
      maxItems: MAX_ROWS,
      maxSize: MAX_BATCH_BYTES,
      sizeOf: ({ bytes }) => bytes,
      gatherMs: 0,
    });
  }

  start(): void {}

  /** Resolves once nothing waits any more. */
  stop(): Promise<void> {
    return this.batcher.idle();
  }

  /** How many wait for their commit. */
  get depth(): number {
    return this.batcher.depth;
  }

  /** Whether a delivery may still be stored. */
  holds(id: string): boolean {
    return this.undecided.has(id);
  }

  /**
   * Resolves to null once the delivery is committed, or to the earlier one that it is a duplicate of: then
   * nothing is stored. Rejects with `OVERLOADED` past the bound, `NOT_RECORDED` where the database takes nothing.
   */
  async put(incoming: Incoming): Promise<OriginalDelivery | null> {
    const { rows, bytes, waitMs } = this.bounds;
    // One alone may be larger: it could never come in otherwise.
    const isOver = this.batcher.size > 0 && this.batcher.size + incoming.bytes > bytes;
    if (this.batcher.depth >= rows || isOver) {
      throw new WebhookError('OVERLOADED', { reason: 'the inbox is full', headers: RETRY_AFTER });
    }
    const { id } = incoming.row;
    this.undecided.set(id, 'open');
    const forget = () => this.undecided.delete(id);
    const decided = this.batcher.add(incoming).finally(forget);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      const refuse = () => reject(new Error(`no commit within ${waitMs} ms`));
      timer = setTimeout(() => this.undecided.get(id) === 'stored' || refuse(), waitMs);
    });
    try {
      return await Promise.race([decided, late]);
    } catch (error) {
      if (this.batcher.remove(incoming)) {
        forget();
      } else {
        this.refuse(incoming);
      }
      throw notRecorded(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Sees to it that what turns out to be stored doesn't run. With a slot it may: who repeats the call is its repeat. */
  private refuse({ row, execution }: Incoming): void {
    if (execution) {
      this.parts.onRefused(row.id);
    } else if (row.dedupeSlot === null && this.undecided.has(row.id)) {
      this.undecided.set(row.id, 'refused');
    }
  }

  /** Stores those that are no duplicates. One of another in the same batch shares that one's fate. */
  private async write(batch: readonly Incoming[]): Promise<Put[]> {
    const holders = await this.holdersOf(batch).catch((error: unknown) =>
      this.onceMore(error, () => this.holdersOf(batch)),
    );
    const fresh: Incoming[] = [];
    const bySlot = new Map<string, number>();
    const decisions = batch.map((incoming): (() => Put) => {
      const slot = incoming.row.dedupeSlot;
      const holder = slot === null ? undefined : holders.get(slot);
      const twin = slot === null ? undefined : bySlot.get(slot);
      if (holder) {
        return () => ({ status: 'fulfilled', value: holder });
      }
      if (twin !== undefined) {
        return () => duplicateOf(fresh[twin], stored[twin]);
      }
      const index = fresh.push(incoming) - 1;
      if (slot !== null) {
        bySlot.set(slot, index);
      }
      return () => stored[index] ?? { status: 'rejected', reason: new Error('not written') };
    });
    const stored = await this.insert(fresh);
    return decisions.map((decide) => decide());
  }

  /** The deliveries that hold the batch's slots, by slot. Those that this batch takes over are freed. */
  private async holdersOf(batch: readonly Incoming[]): Promise<Map<string, OriginalDelivery>> {
    const { store } = this.parts;
    const slots = new Set(batch.flatMap(({ row }) => row.dedupeSlot ?? []));
    if (slots.size === 0) {
      return new Map();
    }
    const holders = await store.slotHolders([...slots]);
    const over: string[] = [];
    for (const { row, rule } of batch) {
      const holder = row.dedupeSlot === null ? undefined : holders.get(row.dedupeSlot);
      if (holder && rule && row.dedupeSlot !== null && takesSlotOver(holder, rule, row.receivedAt.getTime())) {
        over.push(holder.id);
        holders.delete(row.dedupeSlot);
      }
    }
    if (over.length > 0) {
      await store.freeSlots(over);
    }
    return holders;
  }

  private async insert(fresh: readonly Incoming[]): Promise<Put[]> {
    const results = await bisect(fresh, (some) => this.commitSurely(some), isConnectionError);
    return Promise.all(results.map((result, index) => this.asDuplicate(result, fresh[index])));
  }

  /** What was not answered is looked for, over another connection, and if it isn't there it is done again. */
  private async commitSurely(incoming: readonly Incoming[]): Promise<null[]> {
    try {
      return await this.commit(incoming);
    } catch (error) {
      return this.onceMore(error, async () => {
        if (await this.isStored(incoming)) {
          return this.committed(incoming);
        }
        try {
          return await this.commit(incoming);
        } catch (again) {
          // It was being committed when it was looked for.
          if (isUniqueError(again) && (await this.isStored(incoming))) {
            return this.committed(incoming);
          }
          throw again;
        }
      });
    }
  }

  private async onceMore<T>(error: unknown, work: () => Promise<T>): Promise<T> {
    if (!isInDoubt(error) && !isSilence(error)) {
      throw error;
    }
    return work();
  }

  /** One transaction stores all of them or none. */
  private async isStored(incoming: readonly Incoming[]): Promise<boolean> {
    const stored = await this.parts.store.stored(incoming.map(({ row }) => row.id));
    return incoming.every(({ row }) => stored.has(row.id));
  }

  private async committed(incoming: readonly Incoming[]): Promise<null[]> {
    const { withdraw, onStored } = this.parts;
    const refused = incoming.filter(({ row }) => this.undecided.get(row.id) === 'refused');
    const kept = incoming.filter((one) => !refused.includes(one));
    // From here on no caller of one is told anything else.
    kept.forEach(({ row }) => this.undecided.set(row.id, 'stored'));
    if (refused.length > 0) {
      await withdraw(refused.map(({ row }) => row.id));
    }
    onStored(kept);
    return incoming.map(() => null);
  }

  private async commit(incoming: readonly Incoming[]): Promise<null[]> {
    const { store, executions, lock } = this.parts;
    const rows = incoming.map(({ row }) => row);
    const started = incoming.flatMap(({ execution, renumber }) =>
      execution ? { execution, renumber: () => renumber?.() } : [],
    );
    if (started.length === 0) {
      await store.insert(rows);
    } else {
      await withFreeIds(executions, started, () =>
        lock.transaction(async (tx) => {
          await store.insert(rows, tx);
          await executions.insert(
            started.map(({ execution }) => execution),
            tx,
          );
        }),
      );
    }
    return this.committed(incoming);
  }

  /** One whose slot another instance took in the same moment is a duplicate; nothing else changes. */
  private async asDuplicate(result: Put, incoming: Incoming | undefined): Promise<Put> {
    const slot = incoming?.row.dedupeSlot ?? null;
    if (result.status === 'fulfilled' || slot === null || !isUniqueError(result.reason)) {
      return result;
    }
    try {
      const holder = (await this.parts.store.slotHolders([slot])).get(slot);
      return holder ? { status: 'fulfilled', value: holder } : result;
    } catch (reason) {
      return { status: 'rejected', reason };
    }
  }
}

/** What becomes of the duplicate of one in the same batch. */
function duplicateOf(original: Incoming | undefined, put: Put | undefined): Put {
  return original && put?.status === 'fulfilled'
    ? { status: 'fulfilled', value: put.value ?? asOriginal(original.row) }
    : (put ?? { status: 'rejected', reason: new Error('not written') });
}

/** One that was stored just now, as its duplicates need it. */
function asOriginal({ id, status, executionId, bodyDigest, ...row }: DeliveryRow): OriginalDelivery {
  const { responseStatus, responseHeaders: headers, responseBody: body, responseEncoding: encoding } = row;
  const isKnown = responseStatus !== null && headers !== null && body !== null;
  const answer = isKnown ? { status: responseStatus, headers, body, encoding: encoding ?? undefined } : null;
  return { id, status, executionId, bodyDigest, isRetried: false, isAnswerOfCaller: true, answer };
}

function notRecorded(error: unknown): WebhookError {
  if (error instanceof WebhookError) {
    return error;
  }
  // Coming again would be of no use.
  return isTooLarge(error)
    ? new WebhookError('BODY_TOO_LARGE', { reason: 'the database does not take as much at once', cause: error })
    : new WebhookError('NOT_RECORDED', { cause: error, headers: RETRY_AFTER });
}
