/** Requests at once, and bytes of bodies that they hold. */
export interface Amount {
  requests: number;
  bytes: number;
}

/**
 * Parts of the whole. Those of who isn't verified and of verified work overlap, so that neither leaves room unused, and
 * each has some that the other can't take: a quarter is left for who still has to be verified, half for verified work.
 */
const FRACTIONS = {
  /** Being read or verified: all of them, those at one webhook, those of one caller. */
  unverified: 1 / 2,
  unverifiedAtWebhook: 3 / 10,
  unverifiedOfSource: 1 / 5,
  /** Verified, answers that wait for their workflow included: all of them, those of one webhook. */
  work: 3 / 4,
  workOfWebhook: 1 / 2,
  /** The same where nothing verifies the caller: a stranger's work. All of it, and that of one caller. */
  openWork: 1 / 4,
  openWorkOfSource: 1 / 5,
} as const;

/** A share is at least so many requests, however little the whole is. */
const MIN_REQUESTS = 10;

export type Shares = Record<keyof typeof FRACTIONS, Amount>;

/** The shares of a whole. One that would be no less than the whole bounds nothing: the whole does. */
export function sharesOf(whole: Amount): Shares {
  const share = (fraction: number): Amount => {
    const requests = Math.max(Math.ceil(whole.requests * fraction), MIN_REQUESTS);
    return { requests: requests < whole.requests ? requests : Infinity, bytes: Math.ceil(whole.bytes * fraction) };
  };
  return Object.fromEntries(Object.entries(FRACTIONS).map(([name, fraction]) => [name, share(fraction)])) as Shares;
}
