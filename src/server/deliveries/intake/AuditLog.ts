import { Batcher } from '../concurrency/Batcher';
import { bisect } from '../concurrency/bisect';
import type { Service } from '../concurrency/Service';
import type { DeliveryLog, DeliveryRow } from '../model/delivery';
import { isConnectionError } from '../store/databaseErrors';
import type { DeliveryStore } from '../store/DeliveryStore';

/** So many rows a second are written at most, and so many wait; the others are counted. */
const MAX_ROWS = 50;
const MAX_WAITING = 200;
const GATHER_MS = 1_000;

/** Records what started nothing: refusals, what a filter left out, duplicates. Never on a caller's time, and bounded. */
export class AuditLog implements Service {
  private readonly batcher: Batcher<DeliveryRow, undefined>;
  private lost = 0;

  constructor(
    private readonly store: DeliveryStore,
    private readonly log: DeliveryLog,
  ) {
    this.batcher = new Batcher((rows) => this.write(rows), { maxItems: MAX_ROWS, gatherMs: GATHER_MS });
  }

  start(): void {}

  /** Writes what waits. */
  stop(): Promise<void> {
    return this.batcher.idle();
  }

  /** How many were not recorded since the start: they came too fast, or the database took none. */
  get notRecorded(): number {
    return this.lost;
  }

  add(row: DeliveryRow): void {
    if (this.batcher.depth >= MAX_WAITING) {
      this.lost++;
      return;
    }
    void this.batcher.add(row);
  }

  private async write(rows: readonly DeliveryRow[]): Promise<PromiseSettledResult<undefined>[]> {
    const results = await bisect(rows, (some) => this.insert(some), isConnectionError);
    const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    if (failures.length > 0) {
      this.lost += failures.length;
      this.log.warn('refused webhook deliveries could not be recorded', { count: failures.length, error: failures[0] });
    }
    return rows.map(() => ({ status: 'fulfilled', value: undefined }));
  }

  private async insert(rows: readonly DeliveryRow[]): Promise<undefined[]> {
    await this.store.insert(rows);
    return rows.map(() => undefined);
  }
}
