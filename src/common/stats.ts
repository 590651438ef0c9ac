// Framework-free: what is counted of calls and runs, and how it is asked for.

/** NocoBase resource with the action `query`. */
export const STATS_RESOURCE = 'webhookStats';

/** Where a call comes to nothing, or not yet: what it is counted as besides an error code. */
export const ANSWER_OUTCOMES = ['accepted', 'ignored', 'duplicate'] as const;

/** What a run that ended is counted as; a call's outcome never begins so. */
export const RUN_PREFIX = 'run:';

/** The event of those that come after the 50th of a webhook in an hour. */
export const OTHER_EVENTS = '*';
export const MAX_EVENTS_PER_HOUR = 50;

/**
 * Upper bounds of the buckets that latencies are counted in, in milliseconds; there is one more for all above. Answers are
 * a matter of milliseconds, runs of anything up to days.
 */
export const ANSWER_BOUNDS: readonly number[] = [2, 5, 10, 20, 50, 100, 200, 500, 1_000, 3_000, 10_000];
export const RUN_BOUNDS: readonly number[] = [
  10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 600_000, 3_600_000,
];
export const BUCKETS = 12;

/** How finely can be asked, in minutes, and for how many steps at most. */
export const MAX_STEPS = 200;

/** How long counts of a minute and of an hour are kept, in minutes. */
export const MINUTES_KEPT = 48 * 60;
export const HOURS_KEPT = 90 * 24 * 60;

/** So many webhooks at most are asked for by name. */
export const MAX_KEYS = 200;

/** Calls and ends of runs within one step. */
export interface StatsCounts {
  /** Stored and answered so; whatever became of their runs. */
  accepted: number;
  /** By an error code, whoever's fault. */
  refused: number;
  ignored: number;
  duplicates: number;
  /** Runs that ended as they should, */
  succeeded: number;
  /** and that did not, by when they ended. */
  failed: number;
}

export interface StatsPoint extends StatsCounts {
  /** Of its beginning, in milliseconds since 1970. */
  at: number;
  /** Of answers, in milliseconds; null: none was given. */
  p95: number | null;
}

/** In milliseconds, within the bucket it falls in; null: nothing was measured. */
export interface Percentiles {
  p50: number | null;
  p95: number | null;
  p99: number | null;
}

/** Of one webhook, or of all together. */
export interface StatsSeries {
  /** The workflow key; null: all together. */
  key: string | null;
  /** Steps in which something happened, in their order. */
  points: StatsPoint[];
  total: StatsCounts;
  /** Refused calls by code. */
  refusedBy: Record<string, number>;
  /** From the arrival of a call to its answer, of those that weren't refused. */
  answer: Percentiles;
  /** From a run's start to its end. */
  run: Percentiles;
}

export interface StatsAnswer {
  /** As asked for, in milliseconds since 1970; `to` is not part of it. */
  from: number;
  to: number;
  /** Milliseconds. */
  step: number;
  series: StatsSeries[];
}
