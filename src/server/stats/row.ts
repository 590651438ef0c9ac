import { ANSWER_BOUNDS, BUCKETS, RUN_BOUNDS, RUN_PREFIX } from '../../common/stats';

/** How many there were of one kind, and how long they took. */
export interface Tally {
  count: number;
  /** Together, in milliseconds. */
  ms: number;
  /** How many took how long: {@link BUCKETS} numbers. */
  buckets: number[];
}

/** A row of `webhookStats`, but for the instance. */
export interface StatsRow extends Tally {
  key: string;
  /** Minutes since 1970. */
  at: number;
  event: string;
  outcome: string;
}

export function emptyTally(): Tally {
  return { count: 0, ms: 0, buckets: new Array<number>(BUCKETS).fill(0) };
}

/** Counts one that took so long. */
export function addTo(tally: Tally, outcome: string, milliseconds: number): void {
  const taken = Math.max(0, Math.round(milliseconds));
  const bucket = bucketOf(boundsOf(outcome), taken);
  tally.count += 1;
  tally.ms += taken;
  tally.buckets[bucket] = (tally.buckets[bucket] ?? 0) + 1;
}

/** Adds up. */
export function merge(into: Tally, more: Tally): void {
  into.count += more.count;
  into.ms += more.ms;
  more.buckets.forEach((count, index) => {
    into.buckets[index] = (into.buckets[index] ?? 0) + count;
  });
}

/** The upper bounds of an outcome's buckets, in milliseconds. */
function boundsOf(outcome: string): readonly number[] {
  return outcome.startsWith(RUN_PREFIX) ? RUN_BOUNDS : ANSWER_BOUNDS;
}

function bucketOf(bounds: readonly number[], milliseconds: number): number {
  let index = 0;
  while (index < bounds.length && milliseconds > (bounds[index] ?? Infinity)) {
    index += 1;
  }
  return index;
}

/** Sorts into the order of the primary key: two that write at once can't lock each other out. */
export function byKey(a: StatsRow, b: StatsRow): number {
  return order(a.key, b.key) || a.at - b.at || order(a.event, b.event) || order(a.outcome, b.outcome);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
