import type { Database } from '@nocobase/database';
import { RUN_PREFIX } from '../../common/stats';
import { Repeater } from '../deliveries/concurrency/Repeater';
import type { DeliveryLog } from '../deliveries/model/delivery';
import { isPassing } from '../deliveries/store/databaseErrors';
import { readEnds } from './readEnds';
import { byKey, merge, type StatsRow } from './row';
import type { StatsCounter } from './StatsCounter';
import { MAX_ROWS, StatsStore } from './StatsStore';

/** A kill loses the counts of so many milliseconds. */
const FLUSH_MS = 5_000;

/** While the database is away so many rows wait, and so many runs whose end is to be counted; what comes then is lost. */
const MAX_WAITING = 20_000;

/** So many ends of runs are read at once. */
const MAX_ENDS = 500;

/** Writes down what was counted, every five seconds, so that no call waits for it. */
export class StatsWriter {
  private waiting: StatsRow[] = [];
  private ends: string[] = [];
  private lost = 0;
  private store: StatsStore | undefined;
  private writing: Promise<void> = Promise.resolve();
  private readonly repeater: Repeater;

  /**
   * @param source the database, over whichever connections there are now
   * @param instance tells this process's rows from others'
   */
  constructor(
    private readonly counter: StatsCounter,
    private readonly source: { readonly db: Database },
    private readonly instance: string,
    private readonly log: Pick<DeliveryLog, 'warn'>,
  ) {
    const warn = (error: unknown) => log.warn('webhook statistics could not be written', { error });
    this.repeater = new Repeater(FLUSH_MS, () => this.flush(), warn);
  }

  start(): void {
    this.repeater.start();
  }

  /** Writes what is left, once. */
  async stop(): Promise<void> {
    this.repeater.stop();
    await this.flush().catch((error: unknown) => {
      this.log.warn('the last webhook statistics could not be written', { error });
    });
  }

  /** The runs of these deliveries have ended: they are counted from their rows. */
  ended(ids: readonly string[]): void {
    if (this.ends.length + ids.length <= MAX_WAITING) {
      this.ends.push(...ids);
    } else {
      this.lost += ids.length;
    }
  }

  /** Writes what was counted until now. Rejects where the database takes nothing; it is kept for the next time. */
  flush(): Promise<void> {
    this.writing = this.writing.catch(() => undefined).then(() => this.write());
    return this.writing;
  }

  private async write(): Promise<void> {
    // Also where the rest fails, so that what waits has a bound.
    this.keep(this.counter.take());
    await this.countEnds();
    this.keep(this.counter.take());
    while (this.waiting.length > 0) {
      const rows = this.waiting.slice(0, MAX_ROWS);
      const calls = rows.reduce((sum, { count }) => sum + count, 0);
      await this.orLost(calls, () => this.current().add(rows, this.instance));
      this.waiting = this.waiting.slice(rows.length);
    }
    if (this.lost > 0) {
      this.log.warn('webhook calls or runs are missing in the statistics', { count: this.lost });
      this.lost = 0;
    }
  }

  /**
   * What fails for good is lost: it must not keep all else from being written. Rejects with what passes.
   * @param calls how many calls or runs it is about
   */
  private async orLost(calls: number, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Error) || isPassing(error)) {
        throw error;
      }
      this.lost += calls;
      this.log.warn('webhook statistics were refused by the database', { error });
    }
  }

  private async countEnds(): Promise<void> {
    while (this.ends.length > 0) {
      const ids = this.ends.slice(0, MAX_ENDS);
      await this.orLost(ids.length, async () => {
        for (const { key, event, status, milliseconds, time } of await readEnds(this.source.db, [...new Set(ids)])) {
          this.counter.count(key, event, `${RUN_PREFIX}${status}`, milliseconds, time);
        }
      });
      this.ends = this.ends.slice(ids.length);
    }
  }

  /** Adds to what waits: a row once, however long the database is away. */
  private keep(rows: readonly StatsRow[]): void {
    const waiting = new Map(this.waiting.map((row) => [idOf(row), row]));
    for (const row of rows) {
      const known = waiting.get(idOf(row));
      if (known) {
        merge(known, row);
      } else if (waiting.size < MAX_WAITING) {
        waiting.set(idOf(row), row);
      } else {
        this.lost += row.count;
      }
    }
    this.waiting = [...waiting.values()].sort(byKey);
  }

  private current(): StatsStore {
    const { db } = this.source;
    if (this.store?.db !== db) {
      this.store = new StatsStore(db);
    }
    return this.store;
  }
}

function idOf({ key, at, event, outcome }: StatsRow): string {
  return JSON.stringify([key, at, event, outcome]);
}
