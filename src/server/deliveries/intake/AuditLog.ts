import { bisect } from '../concurrency/bisect';
import type { Service } from '../concurrency/Service';
import type { DeliveryLog, DeliveryRow } from '../model/delivery';
import { weightOf } from '../model/rows';
import { isConnectionError } from '../store/databaseErrors';
import type { DeliveryStore } from '../store/DeliveryStore';
import { tally } from '../store/grouping';
import { FairBuffer } from './FairBuffer';

/** So much waits at most; what comes then is counted. */
const WAITING = { items: 200, bytes: 16 << 20 };

/** So much is written once a second at most. */
const GROUP = { items: 50, bytes: 4 << 20 };
const FLUSH_MS = 1_000;

/** So many rows of a kind that strangers can add to stay, per webhook. */
const KEPT = 1_000;

/** After so many new rows of a kind that is bounded, its oldest go. */
const TRIM_EVERY = 100;

/** A request that started nothing, as it is written down. */
export interface AuditEntry {
  row: DeliveryRow;
  /** Anybody could have sent it: its kind is bounded in number. */
  isUnproven: boolean;
}

/**
 * Records what started nothing: refusals, what a filter left out, repeats. Never on a caller's time, bounded, and in fair
 * shares: a flood of one webhook keeps no other one's from being recorded, one address no other address's.
 */
export class AuditLog implements Service {
  private readonly buffer = new FairBuffer<AuditEntry>(WAITING);
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();
  private readonly unrecorded = new Map<string, number>();
  /** Rows since the last time that the oldest went, by webhook and status. */
  private readonly untrimmed = new Map<string, number>();

  constructor(
    private readonly store: Pick<DeliveryStore, 'insert' | 'trim'>,
    private readonly log: DeliveryLog,
    private readonly kept = KEPT,
  ) {}

  start(): void {}

  /** How many could not be recorded, or were not to be, since the start. */
  get notRecorded(): number {
    return [...this.unrecorded.values()].reduce((sum, count) => sum + count, 0);
  }

  /** As {@link notRecorded}, of one webhook. */
  notRecordedOf(key: string): number {
    return this.unrecorded.get(key) ?? 0;
  }

  /** Counts one that is not to be recorded. */
  count(key: string): void {
    this.unrecorded.set(key, this.notRecordedOf(key) + 1);
  }

  add(entry: AuditEntry): void {
    const { row } = entry;
    const dropped = this.buffer.add({
      item: entry,
      group: row.key,
      source: `${row.status} ${row.ip}`,
      bytes: weightOf(row),
    });
    dropped.forEach(({ group }) => this.count(group));
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS).unref();
  }

  /** Writes what is next; what can't be written is counted. */
  flush(): Promise<void> {
    if (this.timer) {
      clearTimeout(this.timer);
      this.timer = null;
    }
    this.writing = this.writing.then(() => this.writeGroup());
    return this.writing;
  }

  /** Writes all that waits. */
  async stop(): Promise<void> {
    do {
      await this.flush();
    } while (this.buffer.size > 0);
    if (this.timer) {
      clearTimeout(this.timer);
      this.timer = null;
    }
  }

  private async writeGroup(): Promise<void> {
    const entries = this.buffer.take(GROUP).map(({ item }) => item);
    if (this.buffer.size > 0) {
      this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS).unref();
    }
    if (entries.length > 0) {
      const results = await bisect(entries, (group) => this.insert(group), isConnectionError);
      this.noteStored(entries.filter((_entry, index) => results[index]?.status === 'fulfilled'));
      this.noteLost(entries, results);
      await this.trim();
    }
  }

  private async insert(entries: readonly AuditEntry[]): Promise<undefined[]> {
    await this.store.insert(entries.map(({ row }) => row));
    return entries.map(() => undefined);
  }

  private noteLost(entries: readonly AuditEntry[], results: readonly PromiseSettledResult<undefined>[]): void {
    const errors = results.flatMap((result, index) => {
      if (result.status === 'fulfilled') {
        return [];
      }
      this.count(entries[index]?.row.key ?? '');
      return [result.reason as unknown];
    });
    if (errors.length > 0) {
      this.log.warn('webhook requests that started nothing could not be recorded', {
        count: errors.length,
        error: errors[0],
      });
    }
  }

  private noteStored(entries: readonly AuditEntry[]): void {
    const bounded = entries.filter(({ row, isUnproven }) => isUnproven || row.status === 'rejected');
    for (const [kind, count] of tally(bounded.map(({ row: { status, key } }) => `${status} ${key}`))) {
      // Of one that is new here it isn't known how many there are.
      this.untrimmed.set(kind, (this.untrimmed.get(kind) ?? TRIM_EVERY) + count);
    }
  }

  private async trim(): Promise<void> {
    for (const [kind, count] of this.untrimmed) {
      if (count >= TRIM_EVERY) {
        this.untrimmed.set(kind, 0);
        const [status = '', ...key] = kind.split(' ');
        await this.store.trim(key.join(' '), status, this.kept).catch((error: unknown) => {
          this.untrimmed.set(kind, count);
          this.log.warn('the oldest refused webhook requests could not be deleted', { error });
        });
      }
    }
  }
}
