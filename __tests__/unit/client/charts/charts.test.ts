import { heightOf, roundUp, stack } from '../../../../src/client-v2/charts/stack';
import { hasEarlier, rangeOf, ticksOf } from '../../../../src/client-v2/deliveries/chart/spans';
import { filtersIn } from '../../../../src/client-v2/deliveries/filters';
import { errorShare, isFound, isIn } from '../../../../src/client-v2/overview/select';
import { ago, lasting } from '../../../../src/client-v2/parts/ago';
import type { WebhookOverview } from '../../../../src/common/overview';

jest.mock('@nocobase/flow-engine', () => ({}), { virtual: true });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('a bar', () => {
  it('is made of what was accepted, refused and failed, and a failed run counts once', () => {
    const bar = { accepted: 10, refused: 4, failed: 3 };
    expect(heightOf(bar)).toBe(14);
    expect(stack(bar, 14, 140, 200)).toEqual([
      { kind: 'accepted', y: 130, height: 70 },
      { kind: 'refused', y: 90, height: 40 },
      { kind: 'failed', y: 60, height: 30 },
    ]);
  });

  it('can be seen however little it is', () => {
    expect(stack({ accepted: 0, refused: 1, failed: 0 }, 10_000, 100, 100)).toEqual([
      { kind: 'refused', y: 98.5, height: 1.5 },
    ]);
    expect(stack({ accepted: 0, refused: 0, failed: 0 }, 0, 100, 100)).toEqual([]);
  });

  it.each([
    [0, 4],
    [3, 4],
    [7, 8],
    [11, 20],
    [100, 100],
    [101, 200],
    [399, 400],
    [950, 1_000],
  ])('of %i is drawn up to %i', (max, expected) => {
    expect(roundUp(max)).toBe(expected);
  });
});

describe('the time of a chart', () => {
  const now = new Date(2026, 10, 26, 10, 47).getTime();

  it.each([
    ['day', 0, 15 * MINUTE, 96],
    ['day', 1, 15 * MINUTE, 96],
    ['day', 2, HOUR, 24],
    ['week', 0, 2 * HOUR, 84],
    ['month', 1, 8 * HOUR, 90],
  ] as const)('a %s, %i back, has bars that begin where the clock has them', (span, back, step, bars) => {
    const range = rangeOf(span, back, now);
    expect(range.step).toBe(step);
    expect((range.to - range.from) / step).toBe(bars);
    expect(new Date(range.to).getMinutes() * MINUTE).toBe((new Date(range.to).getMinutes() * MINUTE) % HOUR);
    expect(range.from % (15 * MINUTE)).toBe(0);
    expect(ticksOf(range).length).toBeLessThanOrEqual(8);
    expect(ticksOf(range).length).toBeGreaterThan(2);
  });

  it('holds what comes now', () => {
    const range = rangeOf('day', 0, now);
    expect(range.to - now).toBeGreaterThan(0);
    expect(range.to - now).toBeLessThanOrEqual(15 * MINUTE);
    expect(hasEarlier('month', 1)).toBe(true);
    expect(hasEarlier('month', 2)).toBe(false);
  });
});

describe('of webhooks', () => {
  const webhook = {
    title: 'Orders',
    provider: 'github',
    events: ['push'],
    path: 'shop/:id',
    key: 'k1',
    state: 'paused',
  } as unknown as WebhookOverview;

  it.each(['ord', 'GitHub', 'PUSH', 'shop/', ''])('"%s" is found', (search) => {
    expect(isFound(webhook, search)).toBe(true);
  });

  it('others are not, and groups have what is in them', () => {
    expect(isFound(webhook, 'stripe')).toBe(false);
    expect([isIn('all', webhook), isIn('toDo', webhook), isIn('off', webhook)]).toEqual([true, true, false]);
  });

  it.each([
    [{ calls: 0, refused: 0, failed: 0 }, null],
    [{ calls: 10, refused: 0, failed: 0 }, 0],
    [{ calls: 10, refused: 1, failed: 1 }, 0.2],
    [{ calls: 1, refused: 1, failed: 5 }, 1],
  ])('the errors of %j are %p', (counts, expected) => {
    expect(errorShare({ ...webhook, ...counts })).toBe(expected);
  });
});

test('times are told from now', () => {
  expect(ago(0, 4 * MINUTE, 'en')).toBe('4 min. ago');
  expect(ago(0, 3 * DAY, 'en')).toBe('3 days ago');
  expect(ago(0, 10, 'en')).toBe('0 sec. ago');
  expect(lasting(18 * MINUTE + 5, 'en')).toBe('18 min');
});

test('a link says what the log is to show', () => {
  expect(filtersIn('?key=abc&statuses=received,nonsense')).toEqual({ key: 'abc', statuses: ['received'] });
  expect(filtersIn('')).toEqual({});
});
