import type { Lease } from './Lease';

/** Milliseconds after which a request that is slow may be pushed out. */
const SLOW_AFTER = 1_000;
/** How many times the least rate that a body must have is still slow, where others wait for its room. */
const SLOW_FACTOR = 100;

/** What one caller has among some requests. */
interface Holding {
  requests: number;
  bytes: number;
  /** The one to push out first: the one with the most bytes, else the oldest. */
  first: Lease;
}

export interface Need {
  lease: Lease;
  bytes: number;
  /** Milliseconds of the budget's clock. */
  now: number;
  /** Bytes a second that a body has to bring. */
  minRate: number;
}

/**
 * Which of these unverified requests has to make room for a newcomer; null: none. It is one of the caller that holds
 * the most, if that is more than the newcomer's own would be, so that whoever holds little gets in however many others
 * hold the rest; else one that is slow. So to keep others of its own address out, a stranger has to send in earnest.
 */
export function whoMakesRoom(leases: Iterable<Lease>, { lease, bytes, now, minRate }: Need): Lease | null {
  const holdings = new Map<string, Holding>();
  let slow: Lease | null = null;
  for (const candidate of leases) {
    // Where bytes are short, who holds none can give none.
    if (candidate !== lease && (bytes === 0 || candidate.bytes > 0)) {
      slow ??= isSlow(candidate, now, minRate) ? candidate : null;
      addTo(holdings, candidate, bytes > 0);
    }
  }
  const own = holdings.get(lease.source);
  holdings.delete(lease.source);
  const [most] = [...holdings.values()].sort((a, b) => (bytes > 0 ? b.bytes - a.bytes : b.requests - a.requests));
  const isUnfair =
    most &&
    (bytes > 0
      ? most.bytes > (own?.bytes ?? 0) + lease.bytes + bytes
      : // With one fewer it must still have no less than the newcomer's caller then has: else two would push each other out.
        most.requests - 1 >= (own?.requests ?? 0) + 1);
  return isUnfair ? most.first : slow;
}

function addTo(holdings: Map<string, Holding>, lease: Lease, byBytes: boolean): void {
  const holding = holdings.get(lease.source);
  if (!holding) {
    holdings.set(lease.source, { requests: 1, bytes: lease.bytes, first: lease });
    return;
  }
  holding.requests += 1;
  holding.bytes += lease.bytes;
  if (byBytes && lease.bytes > holding.first.bytes) {
    holding.first = lease;
  }
}

function isSlow(lease: Lease, now: number, minRate: number): boolean {
  const age = now - lease.since;
  return age >= SLOW_AFTER && lease.bytes < (age / 1_000) * minRate * SLOW_FACTOR;
}
