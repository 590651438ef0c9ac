import { TokenBuckets } from '../../rates/TokenBuckets';

/** For whom something is fetched that a request names. */
export interface FetchCaller {
  /** The webhook's key. */
  webhook: string;
  /** The caller's address, or what counts as one. */
  source: string;
}

const MAX_SOURCES = 10_000;
const MAX_WEBHOOKS = 10_000;

/**
 * How many addresses, named by requests that nothing has verified yet, are fetched: by webhook, so that whoever invents
 * addresses at one stops no other, and of that by caller, so that one caller can't use it up alone. A provider signs with
 * one certificate for months, and names the same one in every call.
 */
export class NamedAllowance {
  /** 60, and one more every second. */
  private readonly webhooks = new TokenBuckets(60, 1, MAX_WEBHOOKS);
  /** 3, and one more every 15 seconds. */
  private readonly sources = new TokenBuckets(3, 15, MAX_SOURCES);

  /**
   * Takes one; false: there is none left at the moment.
   * @param caller undefined: nobody in particular, as on the command line; all such calls count together
   * @param now unix seconds
   */
  take(caller: FetchCaller | undefined, now: number): boolean {
    return caller
      ? this.sources.take(`${caller.webhook} ${caller.source}`, now) && this.webhooks.take(caller.webhook, now)
      : this.webhooks.take('', now);
  }
}
