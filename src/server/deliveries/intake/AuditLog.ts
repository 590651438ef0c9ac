import type { DeliveryStore } from '../store/DeliveryStore';
import type { DeliveryLog, DeliveryRow } from '../model/delivery';

/** So many rows a second are written at most, and so many wait; the others are counted. */
const MAX_PER_FLUSH = 50;
const MAX_WAITING = 200;
const FLUSH_MS = 1_000;

/** Records what started nothing: refusals, what a filter left out, repeats. Never on a caller's time, and bounded. */
export class AuditLog {
  private waiting: DeliveryRow[] = [];
  private timer: NodeJS.Timeout | null = null;
  private lost = 0;

  constructor(
    private readonly store: DeliveryStore,
    private readonly log: DeliveryLog,
  ) {}

  /** How many came too fast to be recorded, since the start. */
  get notRecorded(): number {
    return this.lost;
  }

  add(row: DeliveryRow): void {
    if (this.waiting.length >= MAX_WAITING) {
      this.lost++;
      return;
    }
    this.waiting.push(row);
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS).unref();
  }

  /** Writes what waits; what can't be written is counted as lost. */
  async flush(): Promise<void> {
    if (this.timer) {
      clearTimeout(this.timer);
      this.timer = null;
    }
    const rows = this.waiting.slice(0, MAX_PER_FLUSH);
    this.waiting = this.waiting.slice(MAX_PER_FLUSH);
    if (this.waiting.length > 0) {
      this.timer = setTimeout(() => void this.flush(), FLUSH_MS).unref();
    }
    try {
      await this.store.insert(rows);
    } catch (error) {
      this.lost += rows.length;
      this.log.warn('refused webhook deliveries could not be recorded', { error });
    }
  }
}
