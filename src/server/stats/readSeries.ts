import {
  ANSWER_BOUNDS,
  ANSWER_OUTCOMES,
  BUCKETS,
  RUN_BOUNDS,
  RUN_PREFIX,
  type StatsCounts,
  type StatsPoint,
  type StatsSeries,
} from '../../common/stats';
import { groupBy } from '../deliveries/store/grouping';
import { percentile, percentiles } from './percentile';
import type { StatsStore, StatsSum } from './StatsStore';

const HOUR = 60;
const MINUTE_MS = 60_000;

export interface SeriesQuery {
  /** Minutes since 1970; `to` is not part of it. */
  from: number;
  to: number;
  /** Minutes. */
  step: number;
  /** A series for each of these, or of those that were called; null: one for all webhooks together. */
  keys: readonly string[] | 'each' | null;
  /** Of this event alone. */
  event?: string;
}

/**
 * What was counted, step by step; what came within the last five seconds may be missing. Hours that are summed up are read
 * as hours, so that a month costs little more than a day.
 */
export async function readSeries(
  store: StatsStore,
  { from, to, step, keys, event }: SeriesQuery,
): Promise<StatsSeries[]> {
  const lastHour = await store.edge(60, 'MAX');
  const summedUp = lastHour === null ? from : Math.min(Math.max(from, lastHour + HOUR), to);
  const query = { origin: from, step, keys, event };
  // An hour's row can't be divided among finer steps.
  const isFine = step < HOUR;
  const sums = [
    ...(isFine || summedUp === from ? [] : await store.sum({ ...query, span: 60, from, to: summedUp })),
    ...(!isFine && summedUp === to ? [] : await store.sum({ ...query, span: 1, from: isFine ? from : summedUp, to })),
  ];
  if (keys === null) {
    return [seriesOf(null, sums, { from, step })];
  }
  const byKey = new Map(groupBy(sums, (sum) => sum.key).map((own) => [own[0].key, own]));
  return (keys === 'each' ? [...byKey.keys()] : keys).map((key) => seriesOf(key, byKey.get(key) ?? [], { from, step }));
}

function seriesOf(
  key: string | null,
  sums: readonly StatsSum[],
  { from, step }: { from: number; step: number },
): StatsSeries {
  const byStep = groupBy(sums, (sum) => String(sum.step)).sort(([a], [b]) => a.step - b.step);
  const points = byStep.map((some): StatsPoint => {
    const [{ step: index }] = some;
    const answers = bucketsOf(some.filter(isAnswer));
    return {
      at: (from + index * step) * MINUTE_MS,
      ...countsOf(some),
      p95: percentile(answers, ANSWER_BOUNDS, 95),
    };
  });
  const refusedBy: Record<string, number> = {};
  for (const { outcome, count } of sums.filter(isRefusal)) {
    refusedBy[outcome] = (refusedBy[outcome] ?? 0) + count;
  }
  return {
    key,
    points,
    total: countsOf(sums),
    refusedBy,
    answer: percentiles(bucketsOf(sums.filter(isAnswer)), ANSWER_BOUNDS),
    run: percentiles(bucketsOf(sums.filter(isRun)), RUN_BOUNDS),
  };
}

function countsOf(sums: readonly StatsSum[]): StatsCounts {
  const of = (choose: (sum: StatsSum) => boolean) => sums.filter(choose).reduce((total, { count }) => total + count, 0);
  const named = (name: string) => of(({ outcome }) => outcome === name);
  const succeeded = named(`${RUN_PREFIX}succeeded`);
  return {
    accepted: named('accepted'),
    refused: of(isRefusal),
    ignored: named('ignored'),
    duplicates: named('duplicate'),
    succeeded,
    failed: of(isRun) - succeeded,
  };
}

const ANSWERS: readonly string[] = ANSWER_OUTCOMES;

function isRun({ outcome }: StatsSum): boolean {
  return outcome.startsWith(RUN_PREFIX);
}

function isAnswer({ outcome }: StatsSum): boolean {
  return ANSWERS.includes(outcome);
}

function isRefusal(sum: StatsSum): boolean {
  return !isRun(sum) && !isAnswer(sum);
}

function bucketsOf(sums: readonly StatsSum[]): number[] {
  return Array.from({ length: BUCKETS }, (_none, index) =>
    sums.reduce((total, { buckets }) => total + (buckets[index] ?? 0), 0),
  );
}
