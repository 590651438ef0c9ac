interface Count {
  count: number;
  /** Milliseconds of the clock. */
  until: number;
}

/** Counts in windows of one length, each from the first that is counted. A bounded number of keys; the oldest goes first. */
export class WindowCounts {
  /** In the order in which they began, and so in which they end. */
  private readonly counts = new Map<string, Count>();

  /** @param windowMs length of a window */
  constructor(
    private readonly windowMs: number,
    private readonly maxKeys: number,
  ) {}

  /** The count whose window isn't over; null: none has begun. */
  find(key: string, now: number): Readonly<Count> | null {
    const count = this.counts.get(key);
    return count && count.until > now ? count : null;
  }

  get size(): number {
    return this.counts.size;
  }

  add(key: string, now: number): void {
    const running = this.counts.get(key);
    if (running && running.until > now) {
      running.count += 1;
      return;
    }
    this.counts.delete(key);
    this.counts.set(key, { count: 1, until: now + this.windowMs });
    for (const [oldest, { until }] of this.counts) {
      if (until > now && this.counts.size <= this.maxKeys) {
        break;
      }
      this.counts.delete(oldest);
    }
  }
}
