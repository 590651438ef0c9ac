interface Entry<T, R> {
  item: T;
  size: number;
  resolve(result: R): void;
  reject(error: unknown): void;
}

export interface BatchOptions<T> {
  /** A batch takes at most so many items, */
  maxItems: number;
  /** and so much of them by `sizeOf`, unless one alone is larger. */
  maxSize?: number;
  sizeOf?(item: T): number;
  /** Milliseconds for which a batch gathers; 0: what comes in the same turn of the event loop goes along. */
  gatherMs?: number;
}

/**
 * Writes many items at once: what comes while one batch is under way goes into the next, so that a lone item waits for
 * nobody and many share one write.
 */
export class Batcher<T, R> {
  private waiting: Entry<T, R>[] = [];
  private undecidedSize = 0;
  private working: Promise<void> | null = null;
  private endGathering: (() => void) | null = null;
  private isHurried = false;

  /** @param write what became of each item, in their order; where it rejects, that became of all of them */
  constructor(
    private readonly write: (items: readonly T[]) => Promise<readonly PromiseSettledResult<R>[]>,
    private readonly options: BatchOptions<T>,
  ) {}

  /** How many items wait for their batch. */
  get depth(): number {
    return this.waiting.length;
  }

  /** The size of what is not decided yet, by `sizeOf`. */
  get size(): number {
    return this.undecidedSize;
  }

  /** Resolves and rejects as the write of this item does. */
  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      const size = this.options.sizeOf?.(item) ?? 0;
      this.undecidedSize += size;
      this.waiting.push({ item, size, resolve, reject });
      this.work();
    });
  }

  /** Takes an item out again that no batch has taken yet: what `add` gave is never decided then. Whether it could. */
  remove(item: T): boolean {
    const entry = this.waiting.find((waiting) => waiting.item === item);
    if (!entry) {
      return false;
    }
    this.waiting = this.waiting.filter((waiting) => waiting !== entry);
    this.undecidedSize -= entry.size;
    return true;
  }

  /** Resolves once nothing waits any more; nothing gathers meanwhile. */
  async idle(): Promise<void> {
    this.isHurried = true;
    this.endGathering?.();
    while (this.working) {
      await this.working;
    }
    this.isHurried = false;
  }

  private work(): void {
    this.working ??= this.writeAll().finally(() => {
      this.working = null;
      // What came in between the last look and here.
      if (this.waiting.length > 0) {
        this.work();
      }
    });
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      await this.gather();
      const batch = this.nextBatch();
      await this.writeBatch(batch);
      for (const { size } of batch) {
        this.undecidedSize -= size;
      }
    }
  }

  private async gather(): Promise<void> {
    const { gatherMs } = this.options;
    if (gatherMs === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    } else if (gatherMs !== undefined && !this.isHurried) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, gatherMs).unref();
        this.endGathering = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.endGathering = null;
    }
  }

  private nextBatch(): Entry<T, R>[] {
    const { maxItems, maxSize = Infinity } = this.options;
    let total = 0;
    let count = 0;
    for (const { size } of this.waiting) {
      total += size;
      if (count > 0 && (count >= maxItems || total > maxSize)) {
        break;
      }
      count++;
    }
    const batch = this.waiting.slice(0, count);
    this.waiting = this.waiting.slice(count);
    return batch;
  }

  private async writeBatch(batch: readonly Entry<T, R>[]): Promise<void> {
    try {
      const results = await this.write(batch.map(({ item }) => item));
      batch.forEach(({ resolve, reject }, index) => {
        const result = results[index];
        if (result?.status === 'fulfilled') {
          resolve(result.value);
        } else {
          reject(result?.reason);
        }
      });
    } catch (error) {
      batch.forEach(({ reject }) => reject(error));
    }
  }
}
