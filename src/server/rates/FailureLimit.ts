import { sourceOf } from '../net/sourceOf';
import { WindowCounts } from './WindowCounts';
import { KnownCallers } from './KnownCallers';
import { TokenBuckets } from './TokenBuckets';

/** Milliseconds in which the failures of strangers are counted. */
const WINDOW = 60_000;
/** Addresses and webhooks counted at once. */
const MAX_KEYS = 100_000;

/** How many more failures an address may make from which somebody was verified, and the least of it. */
const KNOWN_FACTOR = 10;
const MIN_KNOWN = 100;

/**
 * Counts attempts that could not be verified, by address and webhook: who only guesses is turned away before it
 * costs a body and a signature check. By webhook, as many senders share a provider's addresses: one whose secret
 * is out of date must not stop the others. In this process's memory: a stranger's attempt must not cost a round
 * trip to Redis either.
 *
 * An address may be that of many, behind a proxy or a company's way out. From one at which a call was verified in the
 * last hour, a request is tried though strangers there have used up their attempts: always, if its head shows the
 * credential that was verified (password, token); else, as with signatures, which differ each time, within a count of
 * its own, ten times the strangers', which fills up again every second rather than every minute.
 */
export class FailureLimit {
  private readonly strangers = new WindowCounts(WINDOW, MAX_KEYS);
  private readonly known = new KnownCallers();
  private readonly knownTries: TokenBuckets;

  /**
   * @param points failures in a minute that are borne
   * @param clock milliseconds
   */
  constructor(
    private readonly points: number,
    private readonly clock: () => number = () => performance.now(),
  ) {
    const tries = Math.max(points * KNOWN_FACTOR, MIN_KNOWN);
    this.knownTries = new TokenBuckets(tries, WINDOW / 1_000 / tries, MAX_KEYS);
  }

  /**
   * Milliseconds for which this caller is turned away; 0: it isn't.
   * @param credential gives a fingerprint of the credential that the request's head shows, if it shows one
   */
  wait(webhook: string, address: string, credential: () => string | null = () => null): number {
    const key = keyOf(webhook, address);
    const now = this.clock();
    const found = this.strangers.find(key, now);
    if (!found || found.count < this.points) {
      return 0;
    }
    if (!this.known.has(key, now)) {
      return Math.max(found.until - now, 1);
    }
    return this.known.hasCredential(key, credential(), now) ? 0 : this.knownTries.wait(key, now / 1_000) * 1_000;
  }

  /** Counts a failure. */
  count(webhook: string, address: string, credential: () => string | null = () => null): void {
    const key = keyOf(webhook, address);
    const now = this.clock();
    const found = this.strangers.find(key, now);
    if (!found || found.count < this.points) {
      this.strangers.add(key, now);
    } else if (this.known.has(key, now)) {
      this.knownTries.take(key, now / 1_000);
      this.known.forget(key, credential());
    }
  }

  /** Whether somebody was verified at this webhook from this address in the last hour. */
  isKnown(webhook: string, address: string): boolean {
    return this.known.has(keyOf(webhook, address), this.clock());
  }

  /** Somebody was verified: for an hour, requests from this address aren't counted with strangers alone. */
  verified(webhook: string, address: string, credential: string | null = null): void {
    this.known.remember(keyOf(webhook, address), credential, this.clock());
  }
}

function keyOf(webhook: string, address: string): string {
  return `${sourceOf(address)} ${webhook}`;
}
