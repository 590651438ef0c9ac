import type { RetryConfig } from '../../../common/config';
import type { DeliveryStatus } from '../../../common/deliveries';

/** The longest wait between two attempts, in milliseconds: a day. */
const LONGEST_MS = 86_400_000;

/**
 * Milliseconds until a delivery is tried again whose run has ended so; null: that is its end. The first wait is `backoff`
 * long, and each further one twice as long as the one before.
 * @param attempts how many there were
 */
export function waitBeforeNext(retry: RetryConfig, attempts: number, status: DeliveryStatus): number | null {
  const isWanted = (retry.on as readonly DeliveryStatus[]).includes(status);
  return isWanted && attempts <= retry.times
    ? Math.min(retry.backoff * 1_000 * 2 ** Math.min(attempts - 1, 30), LONGEST_MS)
    : null;
}

/** Those of an earlier version of the plugin, and those that are unreadable, are none. */
export function parseExecutionIds(stored: unknown): (number | string)[] {
  const list: unknown = typeof stored === 'string' ? JSON.parse(stored) : stored;
  return Array.isArray(list) ? (list as (number | string)[]) : [];
}
