import { DatabaseError } from 'sequelize';
import { RunRetries } from '../../../../src/server/deliveries/queue/RunRetries';
import type { ReadyRun } from '../../../../src/server/deliveries/model/run';
import { inEnglish } from '../../../../src/common/reasons/describe';

describe('a run that broke off', () => {
  const full = new DatabaseError(Object.assign(new Error('full'), { code: 'SQLITE_FULL', sql: '' }));
  const own = new Error('the node is gone');
  const run: ReadyRun = { kind: 'cutOff', id: 'd', key: 'k', executionId: 1, failures: 0, tries: 0, orderKey: null };

  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const final = new DatabaseError(Object.assign(new Error('too big'), { code: 'SQLITE_TOOBIG', sql: '' }));

  /** What becomes of runs that broke off goes into `retried` and `marked`. */
  function runRetries(onInterruption: 'resume' | 'mark' = 'resume', unknownFor = 0) {
    const retried: ReadyRun[] = [];
    const marked: string[] = [];
    const notes: string[] = [];
    let asked = 0;
    const retries = new RunRetries({
      runner: { mark: (_run, reason) => Promise.resolve(void marked.push(inEnglish(reason))) },
      log: { info() {}, warn() {}, error() {} },
      onInterruption: () => (asked++ < unknownFor ? Promise.reject(full) : Promise.resolve(onInterruption)),
      note: (_id, reason) => Promise.resolve(void notes.push(inEnglish(reason))),
      retry: (again) => retried.push(again),
      onMarked: () => undefined,
    });
    return { retries, retried, marked, notes };
  }

  /** Lets a run break off by one error after another. */
  async function breakOff(errors: readonly unknown[], onInterruption?: 'resume' | 'mark') {
    const { retries, retried, marked } = runRetries(onInterruption);
    for (const error of errors) {
      retries.add(retried.at(-1) ?? run, error);
      await jest.advanceTimersByTimeAsync(60_000);
    }
    return { retried: retried.length, marked };
  }

  test.each<[string, unknown[], number, string[]]>([
    ['for want of disk is resumed, however long that takes', Array<unknown>(50).fill(full), 50, []],
    ['by itself is marked at the fifth time', Array<unknown>(5).fill(own), 4, ['The run broke off: the node is gone']],
    ['for good is marked at once', [final], 0, ['The run broke off: too big']],
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

  test('is neither resumed nor marked while it is not known which it is to be', async () => {
    const { retries, retried, marked } = runRetries('mark', 3);
    retries.add(run, full);
    await jest.advanceTimersByTimeAsync(6_999);
    expect([retried.length, marked.length]).toEqual([0, 0]);
    await jest.advanceTimersByTimeAsync(60_000);
    expect([retried.length, marked.length]).toEqual([0, 1]);
  });

  test('comes back later and later, up to a minute, and says what it waits for', async () => {
    const { retries, retried, notes } = runRetries();
    const waits: number[] = [];
    for (let failure = 0; failure < 9; failure++) {
      retries.add(retried.at(-1) ?? run, full);
      const count = retried.length;
      let waited = 0;
      for (; retried.length === count; waited += 500) {
        await jest.advanceTimersByTimeAsync(500);
      }
      waits.push(waited);
    }
    const longest = [1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1_000);
    expect(waits.every((wait, index) => wait >= Number(longest[index]) / 2 && wait <= Number(longest[index]))).toBe(
      true,
    );
    expect(notes).toEqual(Array<string>(9).fill('Its run broke off, and is tried again: full'));
  });

  test('is left alone once this instance stops', async () => {
    const { retries, retried, marked } = runRetries();
    retries.add(run, full);
    retries.stop();
    await jest.advanceTimersByTimeAsync(60_000);
    expect([...retried, ...marked]).toEqual([]);
  });
});
