import type { Application } from '@nocobase/server';
import { HOURS_KEPT, MINUTES_KEPT } from '../../common/stats';
import type { DeliveryLog } from '../deliveries/model/delivery';
import { byKey } from './row';
import { StatsStore, type Span } from './StatsStore';

const HOUR = 60;
const MINUTE_MS = 60_000;

/** How often hours are summed up, and what is past its time deleted, in milliseconds; and how long after the start. */
const EVERY_MS = 15 * MINUTE_MS;
const FIRST_MS = 20_000;

/** So many hours are summed up again each time: an instance that could not write then may have done so since. */
const AGAIN = 3;

/** Sums the minutes of each hour up, and deletes what is past its time. One instance does, whichever has the lock. */
export class StatsRoller {
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;
  /** All that there are minutes of: another instance may have stopped before it came to them. */
  private isFirst = true;

  constructor(
    private readonly app: Pick<Application, 'lockManager' | 'db'>,
    private readonly log: Pick<DeliveryLog, 'info'>,
  ) {}

  start(): void {
    this.timer = setTimeout(() => void this.turn(), FIRST_MS).unref();
  }

  stop(): void {
    this.stopped = true;
    if (this.timer) {
      clearTimeout(this.timer);
    }
  }

  /** Does all that is due. @param minute now, in minutes since 1970 */
  async roll(minute = Math.floor(Date.now() / MINUTE_MS)): Promise<void> {
    const store = new StatsStore(this.app.db);
    const present = minute - (minute % HOUR);
    const oldest = (await store.edge(1, 'MIN')) ?? present;
    // Of an hour before that minutes are gone, and what was summed up of it is more than is left.
    const whole = Math.ceil((minute - MINUTES_KEPT) / HOUR) * HOUR;
    const known = Math.max(whole, oldest - (oldest % HOUR));
    const first = this.isFirst ? known : Math.max(known, present - AGAIN * HOUR);
    for (let hour = first; hour < present && !this.stopped; hour += HOUR) {
      await store.setHours((await store.hourOf(hour)).sort(byKey));
    }
    this.isFirst = false;
    await this.deleteBefore(store, 1, minute - MINUTES_KEPT);
    await this.deleteBefore(store, 60, minute - HOURS_KEPT);
  }

  /** An hour at a time, so that others get in between. */
  private async deleteBefore(store: StatsStore, span: Span, end: number): Promise<void> {
    for (;;) {
      const oldest = this.stopped ? null : await store.edge(span, 'MIN');
      if (oldest === null || oldest >= end) {
        return;
      }
      await store.deleteBefore(span, Math.min(oldest + HOUR, end));
    }
  }

  private async turn(): Promise<void> {
    try {
      // Whoever doesn't get the lock leaves it to the one that did; two would write the same.
      const lock = await this.app.lockManager.tryAcquire('webhook:stats');
      await lock.runExclusive(() => this.roll(), EVERY_MS);
    } catch (error) {
      this.log.info('webhook statistics were not summed up this time', { error });
    }
    if (!this.stopped) {
      this.timer = setTimeout(() => void this.turn(), EVERY_MS).unref();
    }
  }
}
