/** The first wait, and the longest, in milliseconds. */
const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/**
 * Milliseconds until something is tried again: a second, doubling to a minute, each spread over its upper half so that
 * those who failed together don't come back together.
 * @param failures how often it has failed, from 1
 */
export function backoff(failures: number, random = Math.random): number {
  const whole = Math.min(FIRST_MS * 2 ** Math.max(0, failures - 1), LONGEST_MS);
  return Math.round(whole * (0.5 + random() / 2));
}
