import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, RLWrapperTimeouts } from 'rate-limiter-flexible';
import type { RateLimit } from '../../common/config';

/** Milliseconds that Redis may take; past them this process counts by itself. */
const REDIS_TIMEOUT = 500;

type Limiter = Pick<RateLimiterMemory, 'consume'>;

/**
 * The webhooks' own rate limits. Counted in Redis for all instances together where NocoBase has a connection to one;
 * else, and while Redis doesn't answer, by every instance for itself.
 */
export class RateLimits {
  private readonly limiters = new Map<string, Limiter>();

  /**
   * @param prefix of the keys in Redis: the app's name, as sub-apps may share one
   * @param redis a node-redis client
   */
  constructor(
    private readonly prefix: string,
    private readonly redis: object | null,
  ) {}

  /** Whether the instances of a cluster count together. */
  get isShared(): boolean {
    return this.redis !== null;
  }

  /** Counts one delivery. Milliseconds after which one would be taken again; 0: this one is. */
  async take(webhook: string, limit: RateLimit): Promise<number> {
    try {
      await this.limiter(limit).consume(webhook);
      return 0;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) {
        return Math.max(refused.msBeforeNext, 1);
      }
      throw refused;
    }
  }

  /** Webhooks with the same limit share a limiter, which counts each by itself: what was counted outlives a change elsewhere. */
  private limiter({ points, duration }: RateLimit): Limiter {
    const name = `${points}/${duration}`;
    let limiter = this.limiters.get(name);
    if (!limiter) {
      limiter = this.create(points, duration, name);
      this.limiters.set(name, limiter);
    }
    return limiter;
  }

  private create(points: number, duration: number, name: string): Limiter {
    const alone = new RateLimiterMemory({ points, duration });
    if (!this.redis) {
      return alone;
    }
    const shared = new RateLimiterRedis({
      storeClient: this.redis,
      useRedisPackage: true,
      rejectIfRedisNotReady: true,
      keyPrefix: `nocobase-webhook-rate:${this.prefix}:${name}`,
      points,
      duration,
    });
    return new RLWrapperTimeouts({ limiter: shared, timeoutMs: REDIS_TIMEOUT, insuranceLimiter: alone });
  }
}
