import { ANSWER_BOUNDS, MAX_EVENTS_PER_HOUR, OTHER_EVENTS } from '../../../../src/common/stats';
import type { StatsRow } from '../../../../src/server/stats/row';
import { percentile, percentiles } from '../../../../src/server/stats/percentile';
import { StatsCounter } from '../../../../src/server/stats/StatsCounter';
import { cpuClock } from '../../../support/cpuTime';

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 0, 1, 12);

function counterAt(time = NOON) {
  const clock = { now: time };
  return { clock, counter: new StatsCounter(() => clock.now) };
}

const sum = (rows: readonly StatsRow[]) => rows.reduce((total, { count }) => total + count, 0);

describe('what is counted', () => {
  it('has a row for each minute, webhook, event and outcome, with how long it took', () => {
    const { clock, counter } = counterAt();
    counter.count('a', 'push', 'accepted', 3);
    counter.count('a', 'push', 'accepted', 40_000);
    counter.count('a', null, 'UNVERIFIED', 1);
    counter.count('b', 'push', 'accepted', 3);
    clock.now += MINUTE;
    counter.count('a', 'push', 'accepted', 3);
    const rows = counter.take();
    expect(
      rows.map(({ key, at, event, outcome, count, ms }) => [key, at - NOON / MINUTE, event, outcome, count, ms]),
    ).toEqual([
      ['a', 0, 'push', 'accepted', 2, 40_003],
      ['a', 0, '', 'UNVERIFIED', 1, 1],
      ['b', 0, 'push', 'accepted', 1, 3],
      ['a', 1, 'push', 'accepted', 1, 3],
    ]);
    expect(rows[0]?.buckets).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(counter.take()).toEqual([]);
  });

  it('tells 50 events of a webhook apart in an hour, and no more', () => {
    const { clock, counter } = counterAt();
    const flood = () => Array.from({ length: 500 }, (_none, n) => counter.count('a', `e${n}`, 'accepted', 1));
    flood();
    counter.count('b', 'its own', 'accepted', 1);
    const rows = counter.take();
    expect(rows.filter(({ key }) => key === 'a')).toHaveLength(MAX_EVENTS_PER_HOUR + 1);
    expect(rows.find(({ event }) => event === OTHER_EVENTS)?.count).toBe(500 - MAX_EVENTS_PER_HOUR);
    expect(rows.find(({ key }) => key === 'b')?.event).toBe('its own');
    // Still so within the hour; in the next one others have their chance.
    counter.count('a', 'e499', 'accepted', 1);
    expect(counter.take()).toMatchObject([{ event: OTHER_EVENTS }]);
    clock.now += 60 * MINUTE;
    counter.count('a', 'e499', 'accepted', 1);
    expect(counter.take()).toMatchObject([{ event: 'e499' }]);
  });

  it('takes for one event what the database would', () => {
    const { counter } = counterAt();
    for (const event of ['a\0', 'a\ufffd', 'a\ud800', 'x'.repeat(300), 'x'.repeat(301)]) {
      counter.count('a', event, 'accepted', 1);
    }
    const rows = counter.take();
    expect(rows).toHaveLength(2);
    expect(rows.every(({ event }) => event.length <= 200)).toBe(true);
    expect(sum(rows)).toBe(5);
  });

  it('takes a time of its own for a run that ended a while ago', () => {
    const { counter } = counterAt();
    counter.count('a', 'push', 'accepted', 1);
    counter.count('a', 'push', 'run:failed', 1, NOON - 3 * MINUTE);
    counter.count('a', 'push', 'accepted', 1);
    const minutes = counter.take().map(({ at, outcome, count }) => [at - NOON / MINUTE, outcome, count]);
    expect(minutes.sort()).toEqual([
      [-3, 'run:failed', 1],
      [0, 'accepted', 1],
      [0, 'accepted', 1],
    ]);
  });

  it('costs a request next to nothing', () => {
    const { counter } = counterAt();
    const spent = cpuClock();
    for (let n = 0; n < 200_000; n++) {
      counter.count('a', 'push', 'accepted', n % 300);
    }
    // Some microseconds each; what is a millisecond would be 200 s.
    expect(spent()).toBeLessThan(5_000);
    expect(counter.take()).toMatchObject([{ count: 200_000 }]);
  });
});

describe('of latencies', () => {
  const BOUNDS = [10, 100, 1_000];
  it.each<[string, number[], number, number | null]>([
    ['nothing is known where nothing was measured', [0, 0, 0, 0], 95, null],
    ['half of the first bucket', [10, 0, 0, 0], 50, 5],
    ['the end of a bucket', [50, 50, 0, 0], 50, 10],
    ['within the bucket that it falls in', [90, 10, 0, 0], 95, 55],
    ['above the last bound no more is known', [1, 0, 0, 99], 95, 1_000],
    ['an empty bucket in between', [50, 0, 50, 0], 51, 118],
  ])('%s', (_what, buckets, percent, expected) => {
    expect(percentile(buckets, BOUNDS, percent)).toBe(expected);
  });

  it('are three', () => {
    expect(percentiles([0, 0, 0, 0, 0, 100, 0, 0, 0, 0, 0, 0], ANSWER_BOUNDS)).toEqual({ p50: 75, p95: 98, p99: 100 });
  });
});
