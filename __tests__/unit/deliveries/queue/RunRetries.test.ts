import { DatabaseError } from 'sequelize';
import type { Endpoint } from '../../../../src/server/endpoints/Endpoint';
import { RunRetries } from '../../../../src/server/deliveries/queue/RunRetries';
import type { ReadyRun } from '../../../../src/server/deliveries/model/run';

describe('a run that broke off', () => {
  const full = new DatabaseError(Object.assign(new Error('full'), { code: 'SQLITE_FULL', sql: '' }));
  const own = new Error('the node is gone');
  const run: ReadyRun = { kind: 'cutOff', id: 'd', key: 'k', executionId: 1, failures: 0 };

  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** What becomes of runs that broke off goes into `retried` and `marked`. */
  function runRetries(onInterruption: 'resume' | 'mark' = 'resume') {
    const retried: ReadyRun[] = [];
    const marked: string[] = [];
    const retries = new RunRetries({
      runner: { mark: (_run, reason) => Promise.resolve(void marked.push(reason)) },
      log: { info() {}, warn() {}, error() {} },
      endpointOf: () => ({ config: { onInterruption } }) as Endpoint,
      retry: (again) => retried.push(again),
    });
    return { retries, retried, marked };
  }

  /** Lets a run break off by one error after another. */
  async function breakOff(errors: readonly unknown[], onInterruption?: 'resume' | 'mark') {
    const { retries, retried, marked } = runRetries(onInterruption);
    for (const error of errors) {
      retries.add(retried.at(-1) ?? run, error);
      await jest.advanceTimersByTimeAsync(10_000);
    }
    return { retried: retried.length, marked };
  }

  test.each<[string, unknown[], number, string[]]>([
    ['for want of disk is resumed, however long that takes', Array<unknown>(50).fill(full), 50, []],
    ['by itself is marked at the fifth time', Array<unknown>(5).fill(own), 4, ['the run broke off: the node is gone']],
    ['by both counts its own only', [own, full, own, full, full, own, full, full], 8, []],
  ])('%s', async (_what, errors, retried, marked) => {
    expect(await breakOff(errors)).toMatchObject({ retried, marked });
  });

  test('is marked at once where its webhook says so', async () => {
    expect(await breakOff([full], 'mark')).toMatchObject({
      retried: 0,
      marked: [expect.stringContaining('broke off')],
    });
  });

  test('is left alone once this instance stops', async () => {
    const { retries, retried, marked } = runRetries();
    retries.add(run, full);
    retries.stop();
    await jest.advanceTimersByTimeAsync(60_000);
    expect([...retried, ...marked]).toEqual([]);
  });
});
