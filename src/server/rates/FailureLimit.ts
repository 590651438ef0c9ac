import { RateLimiterMemory } from 'rate-limiter-flexible';
import { sourceOf } from '../net/sourceOf';

/** Seconds in which failures are counted. */
const WINDOW = 60;

/**
 * Counts attempts that could not be verified, by address and webhook: who only guesses is turned away before it
 * costs a body and a signature check. By webhook, as many senders share a provider's addresses: one whose secret
 * is out of date must not stop the others. In this process's memory: a stranger's attempt must not cost a round
 * trip to Redis either.
 */
export class FailureLimit {
  private readonly limiter: RateLimiterMemory;

  /** @param points failures in a minute that are borne */
  constructor(private readonly points: number) {
    this.limiter = new RateLimiterMemory({ points, duration: WINDOW });
  }

  /** Milliseconds for which this caller is turned away; 0: it isn't. */
  async wait(webhook: string, address: string): Promise<number> {
    const found = await this.limiter.get(keyOf(webhook, address));
    return found && found.consumedPoints >= this.points ? Math.max(found.msBeforeNext, 1) : 0;
  }

  async count(webhook: string, address: string): Promise<void> {
    await this.limiter.penalty(keyOf(webhook, address));
  }
}

function keyOf(webhook: string, address: string): string {
  return `${sourceOf(address)} ${webhook}`;
}
