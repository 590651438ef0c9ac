interface Bucket {
  tokens: number;
  at: number;
}

/**
 * A token bucket for each key: so many at once, and one more after every so many seconds. A bounded number of keys is
 * remembered; the one used least recently goes first, and would be full again.
 */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>();

  /** @param refill seconds for one token */
  constructor(
    private readonly capacity: number,
    private readonly refill: number,
    private readonly maxKeys: number,
  ) {}

  /**
   * Takes one; false: there is none.
   * @param now seconds
   */
  take(key: string, now: number): boolean {
    const tokens = this.tokensOf(key, now);
    const taken = tokens >= 1;
    this.buckets.delete(key);
    this.buckets.set(key, { tokens: taken ? tokens - 1 : tokens, at: now });
    if (this.buckets.size > this.maxKeys) {
      const [oldest = ''] = this.buckets.keys();
      this.buckets.delete(oldest);
    }
    return taken;
  }

  /** Seconds until there is one; 0: there is. Takes none. */
  wait(key: string, now: number): number {
    return Math.max(0, 1 - this.tokensOf(key, now)) * this.refill;
  }

  /** A clock that was put back gives nothing, and takes nothing. */
  private tokensOf(key: string, now: number): number {
    const bucket = this.buckets.get(key);
    return bucket ? Math.min(this.capacity, bucket.tokens + Math.max(0, now - bucket.at) / this.refill) : this.capacity;
  }
}
