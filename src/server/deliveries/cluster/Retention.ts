import { setTimeout as delay } from 'node:timers/promises';
import type { Application } from '@nocobase/server';
import type { RecoveryStore } from '../store/RecoveryStore';
import type { Service } from '../concurrency/Service';
import { within } from '../concurrency/within';
import type { DeliveryLog } from '../model/delivery';

const HOUR_MS = 3_600_000;
const FIRST_MS = 60_000;
const BATCH = 500;
const PAUSE_MS = 50;

/** Deletes deliveries past their retention, every hour, in batches that let others in between. */
export class Retention implements Service {
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(
    private readonly app: Application,
    private readonly store: RecoveryStore,
    private readonly log: DeliveryLog,
  ) {}

  start(): void {
    this.timer = setTimeout(() => void this.tick(), FIRST_MS).unref();
  }

  stop(): void {
    this.stopped = true;
    if (this.timer) {
      clearTimeout(this.timer);
    }
  }

  /** Deletes all that is due; how many. */
  async purge(now = new Date()): Promise<number> {
    let total = 0;
    while (!this.stopped) {
      const count = await this.store.purge(now, BATCH);
      total += count;
      if (count < BATCH) {
        break;
      }
      await delay(PAUSE_MS);
    }
    return total;
  }

  private async tick(): Promise<void> {
    try {
      // One instance is enough; whoever doesn't get the lock leaves it to the one that did.
      const lock = await this.app.lockManager.tryAcquire('webhook:retention');
      const purged = lock.runExclusive(() => this.purge(), HOUR_MS);
      await within(HOUR_MS, purged, () => new Error('not done within an hour'));
    } catch (error) {
      this.log.info('webhook deliveries past their retention were not deleted this time', { error });
    }
    if (!this.stopped) {
      this.timer = setTimeout(() => void this.tick(), HOUR_MS).unref();
    }
  }
}
