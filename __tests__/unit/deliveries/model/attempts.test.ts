import type { DeliveryStatus } from '../../../../src/common/deliveries';
import { parseExecutionIds, waitBeforeNext } from '../../../../src/server/deliveries/model/attempts';

const RETRY = { times: 3, backoff: 60, on: ['failed' as const, 'timedOut' as const] };

test.each<[string, number, DeliveryStatus, number | null]>([
  ['the first time', 1, 'failed', 60_000],
  ['twice as long the second time', 2, 'timedOut', 120_000],
  ['and the last', 3, 'failed', 240_000],
  ['not after the last', 4, 'failed', null],
  ['nor after one more', 5, 'failed', null],
  ['not for another end', 1, 'interrupted', null],
  ['not for one that a person chose', 1, 'cancelled', null],
  ['not for a good one', 1, 'succeeded', null],
])('waits %s', (_what, attempts, status, wait) => {
  expect(waitBeforeNext(RETRY, attempts, status)).toBe(wait);
});

test.each([
  ['a day at most', { ...RETRY, times: 100, backoff: 3_600 }, 10, 86_400_000],
  ['a day, however often it was', { ...RETRY, times: 100 }, 100, 86_400_000],
  ['not at all', { ...RETRY, backoff: 0 }, 3, 0],
  ['never where there is no more', { ...RETRY, times: 0 }, 1, null],
])('waits %s', (_what, retry, attempts, wait) => {
  expect(waitBeforeNext(retry, attempts, 'failed')).toBe(wait);
});

test.each([
  ['[1,2]', [1, 2]],
  [
    ['1', '2'],
    ['1', '2'],
  ],
  [null, []],
  [undefined, []],
])('reads %j as the database gives it', (stored, ids) => {
  expect(parseExecutionIds(stored)).toEqual(ids);
});
