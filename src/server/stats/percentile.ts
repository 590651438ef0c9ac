import type { Percentiles } from '../../common/stats';

/**
 * So many of a hundred took no longer, in milliseconds, taken to lie evenly within their bucket; null: nothing was counted.
 * Of what lies above the last bound nothing is known but that: it is given as that bound.
 */
export function percentile(buckets: readonly number[], bounds: readonly number[], percent: number): number | null {
  const total = buckets.reduce((sum, count) => sum + count, 0);
  if (total === 0) {
    return null;
  }
  let left = (total * percent) / 100;
  for (const [index, count] of buckets.entries()) {
    if (count > 0 && left <= count) {
      const from = index === 0 ? 0 : (bounds[index - 1] ?? 0);
      const to = bounds[index] ?? from;
      return Math.round(from + ((to - from) * left) / count);
    }
    left -= count;
  }
  return bounds.at(-1) ?? null;
}

export function percentiles(buckets: readonly number[], bounds: readonly number[]): Percentiles {
  const [p50, p95, p99] = [50, 95, 99].map((percent) => percentile(buckets, bounds, percent));
  return { p50: p50 ?? null, p95: p95 ?? null, p99: p99 ?? null };
}
