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
   * @param now unix seconds
   */
  take(key: string, now: number): boolean {
    const bucket = this.buckets.get(key) ?? { tokens: this.capacity, at: now };
    this.buckets.delete(key);
    this.buckets.set(key, bucket);
    if (this.buckets.size > this.maxKeys) {
      const [oldest = ''] = this.buckets.keys();
      this.buckets.delete(oldest);
    }
    // A clock that was put back gives nothing, and takes nothing.
    bucket.tokens = Math.min(this.capacity, bucket.tokens + Math.max(0, now - bucket.at) / this.refill);
    bucket.at = now;
    if (bucket.tokens < 1) {
      return false;
    }
    bucket.tokens -= 1;
    return true;
  }
}
