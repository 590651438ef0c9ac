import { RateLimiterRedis, RateLimiterRes, RLWrapperTimeouts } from 'rate-limiter-flexible';
import type { RateLimit } from '../../common/config';
import { sourceOf } from '../net/sourceOf';
import { WindowCounts } from './WindowCounts';

/** Milliseconds that Redis may take; past them this process counts by itself. */
const REDIS_TIMEOUT = 500;

/** Webhooks, or callers of theirs, that this process counts at once under one limit. */
const MAX_KEYS = 100_000;

/**
 * The webhooks' own rate limits. Counted in Redis for all instances together where NocoBase has a connection to one;
 * else, and while Redis doesn't answer, by every instance for itself. Limits that are equal share their counts' store, in
 * which each webhook, or caller, is counted by itself: what was counted outlives a change elsewhere.
 */
export class RateLimits {
  private readonly shared = new Map<string, RLWrapperTimeouts>();
  private readonly alone = new Map<string, WindowCounts>();

  /**
   * @param prefix of the keys in Redis: the app's name, as sub-apps may share one
   * @param redis a node-redis client
   * @param clock milliseconds
   */
  constructor(
    private readonly prefix: string,
    private readonly redis: object | null,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** Whether the instances of a cluster count together. */
  get isShared(): boolean {
    return this.redis !== null;
  }

  /**
   * Counts one delivery. Milliseconds after which one would be taken again; 0: this one is.
   * @param address of the caller, of IPv6 its /64 network; empty: it can't be told, and all of these are one
   */
  async take(webhook: string, limit: RateLimit, address: string): Promise<number> {
    const key = limit.per === 'address' ? `${webhook} ${sourceOf(address)}` : webhook;
    // Apart by what they are of: strangers' addresses, of which there can be any number, push no webhook's count out.
    const name = `${limit.points}/${limit.duration}/${limit.per ?? 'webhook'}`;
    return (this.redis && (await this.takeShared(this.redis, name, limit, key))) ?? this.takeAlone(name, limit, key);
  }

  /** null: Redis doesn't say. */
  private async takeShared(redis: object, name: string, limit: RateLimit, key: string): Promise<number | null> {
    try {
      await kept(this.shared, name, () => this.inRedis(redis, name, limit)).consume(key);
      return 0;
    } catch (refused) {
      return refused instanceof RateLimiterRes ? Math.max(refused.msBeforeNext, 1) : null;
    }
  }

  private takeAlone(name: string, { points, duration }: RateLimit, key: string): number {
    const counts = kept(this.alone, name, () => new WindowCounts(duration * 1_000, MAX_KEYS));
    const now = this.clock();
    const running = counts.find(key, now);
    if (running && running.count >= points) {
      return Math.max(running.until - now, 1);
    }
    counts.add(key, now);
    return 0;
  }

  private inRedis(storeClient: object, name: string, { points, duration }: RateLimit): RLWrapperTimeouts {
    const limiter = new RateLimiterRedis({
      storeClient,
      useRedisPackage: true,
      rejectIfRedisNotReady: true,
      keyPrefix: `nocobase-webhook-rate:${this.prefix}:${name}`,
      points,
      duration,
    });
    return new RLWrapperTimeouts({ limiter, timeoutMs: REDIS_TIMEOUT });
  }
}

function kept<T>(all: Map<string, T>, name: string, make: () => T): T {
  const known = all.get(name) ?? make();
  all.set(name, known);
  return known;
}
