import type { Lease } from './Lease';

/** Milliseconds after which a request that is slow may be pushed out. */
const SLOW_AFTER = 1_000;
/** How many times the least rate that a body must have is still slow, where others wait for its room. */
const SLOW_FACTOR = 100;

/** Unverified requests that share a limit. */
export interface Candidates {
  /** The oldest first. */
  leases: Iterable<Lease>;
  /** How many of them each caller has. */
  sources: ReadonlyMap<string, number>;
}

interface Need {
  lease: Lease;
  /** 0: it is room for the request itself that is short. */
  bytes: number;
  /** Milliseconds of the budget's clock. */
  now: number;
  /** Bytes a second that a body has to bring. */
  minRate: number;
}

/** Those who share a limit, by whom they make room for. */
interface Sharers {
  strangers: Candidates;
  /** From where somebody was verified at their webhook lately. */
  known: Candidates;
}

/**
 * Which of these requests has to make room for a newcomer; null: none. It is one of the caller that holds the most, if
 * that is more than the newcomer's own would be, so that whoever holds little gets in however many others hold the rest;
 * else one that is slow. So to keep others of its own address out, a stranger has to send in earnest. For who is known
 * any stranger makes room, however many addresses they come from; for a stranger, of the known only who is slow.
 */
export function whoMakesRoom({ strangers, known }: Sharers, need: Need): Lease | null {
  const most = need.bytes > 0 ? ofMostBytes : ofMostRequests;
  const stranger = most(strangers, need) ?? slow(strangers, need);
  return need.lease.isKnown
    ? (stranger ?? oldest(strangers, need) ?? most(known, need) ?? slow(known, need))
    : (stranger ?? slow(known, need));
}

/** The oldest of the caller with the most requests. A flood asks this for every one of its requests: it has to be quick. */
function ofMostRequests({ leases, sources }: Candidates, { lease: { source } }: Need): Lease | null {
  let most = '';
  let requests = 0;
  for (const [candidate, count] of sources) {
    if (count > requests) {
      most = candidate;
      requests = count;
    }
  }
  // With one fewer it must still have no less than the newcomer's caller then has: else two would push each other out.
  if (most === source || requests - 1 < (sources.get(source) ?? 0) + 1) {
    return null;
  }
  for (const lease of leases) {
    if (lease.source === most) {
      return lease;
    }
  }
  return null;
}

/** The largest of the caller with the most bytes. */
function ofMostBytes({ leases }: Candidates, { lease, bytes }: Need): Lease | null {
  const holdings = new Map<string, { bytes: number; largest: Lease }>();
  for (const candidate of leases) {
    const holding = holdings.get(candidate.source);
    if (!holding) {
      holdings.set(candidate.source, { bytes: candidate.bytes, largest: candidate });
    } else {
      holding.bytes += candidate.bytes;
      holding.largest = candidate.bytes > holding.largest.bytes ? candidate : holding.largest;
    }
  }
  const own = holdings.get(lease.source)?.bytes ?? 0;
  holdings.delete(lease.source);
  const most = [...holdings.values()].reduce((a, b) => (b.bytes > a.bytes ? b : a), { bytes: 0, largest: lease });
  return most.bytes > own + bytes ? most.largest : null;
}

/** The oldest; if it is bytes that are short, of those that hold some. */
function oldest({ leases }: Candidates, { bytes }: Need): Lease | null {
  for (const candidate of leases) {
    if (bytes === 0 || candidate.bytes > 0) {
      return candidate;
    }
  }
  return null;
}

/** The oldest that is slow, and holds bytes if it is bytes that are short. */
function slow({ leases }: Candidates, { lease, bytes, now, minRate }: Need): Lease | null {
  for (const candidate of leases) {
    const age = now - candidate.since;
    if (age < SLOW_AFTER) {
      return null;
    }
    const isSlow = candidate.bytes < (age / 1_000) * minRate * SLOW_FACTOR;
    if (candidate !== lease && isSlow && (bytes === 0 || candidate.bytes > 0)) {
      return candidate;
    }
  }
  return null;
}
