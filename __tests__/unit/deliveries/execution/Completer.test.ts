import { Completer } from '../../../../src/server/deliveries/execution/Completer';
import type { NextAttempt, Retried } from '../../../../src/server/deliveries/store/TransitionStore';
import type { Outcome, RecordedAnswer } from '../../../../src/server/deliveries/model/delivery';
import { because } from '../../../../src/common/reasons/reason';

/** What was written, statement by statement. */
function setUp(retried: Retried[] = []) {
  const again: { retries: NextAttempt[][]; ends: Outcome[]; keys: string[] } = { retries: [], ends: [], keys: [] };
  const written: { ends: string[][]; answers: string[][] } = { ends: [], answers: [] };
  const failures: unknown[] = [];
  let broken = 0;
  const write = async (to: string[][], items: readonly { id: string }[]) => {
    if (broken > 0) {
      broken--;
      throw new Error('the database is away');
    }
    to.push(items.map(({ id }) => id));
  };
  const transitions = {
    complete: (outcomes: readonly Outcome[]) => {
      again.ends.push(...outcomes);
      return write(written.ends, outcomes);
    },
    retriedAmong: (outcomes: readonly Outcome[]) =>
      Promise.resolve(retried.filter(({ id }) => outcomes.some((outcome) => outcome.id === id))),
    tryAgain: (retries: readonly NextAttempt[]) => Promise.resolve(void again.retries.push([...retries])),
  };
  const store = { recordAnswers: (answers: readonly RecordedAnswer[]) => write(written.answers, answers) };
  const log = { info: jest.fn(), warn: (_text: string, meta: unknown) => void failures.push(meta), error: jest.fn() };
  const ended: string[][] = [];
  const completer = new Completer({
    transitions,
    store,
    owner: 'me',
    log,
    onRetry: (key) => again.keys.push(key),
    onWritten: (ids) => ended.push([...ids]),
  });
  return { ended, again, written, failures, completer, breakFor: (statements: number) => (broken = statements) };
}

const end = (id: string): Outcome => ({ id, executionId: 1, status: 'succeeded', reason: null });
const answer = (id: string, length = 1): RecordedAnswer => ({ id, status: 200, headers: {}, body: 'x'.repeat(length) });

it('writes what came together together', async () => {
  const { ended, written, completer } = setUp();
  ['a', 'b'].forEach((id) => completer.complete(end(id)));
  ['c', 'd', 'e'].forEach((id) => completer.answered(answer(id)));
  await completer.idle();
  expect(written).toEqual({ ends: [['a', 'b']], answers: [['c', 'd', 'e']] });
  expect(ended).toEqual([['a', 'b']]);
});

it('writes no more at once than one statement should take', async () => {
  const { written, completer } = setUp();
  const [mega, half] = [1 << 20, 1 << 19];
  [answer('a', 2 * mega), answer('b', half), answer('c', half), answer('d'), answer('e')].forEach((one) =>
    completer.answered(one),
  );
  await completer.idle();
  expect(written.answers).toEqual([['a'], ['b', 'c'], ['d', 'e']]);
  const many = Array.from({ length: 250 }, (_, index) => String(index));
  many.forEach((id) => completer.answered(answer(id)));
  await completer.idle();
  expect(written.answers.slice(3)).toEqual([many.slice(0, 200), many.slice(200)]);
});

it('tries again what could not be written, and loses nothing', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate'] });
  try {
    const { written, failures, completer, breakFor } = setUp();
    breakFor(2);
    completer.complete(end('a'));
    completer.answered(answer('b'));
    const idle = completer.idle();
    await jest.advanceTimersByTimeAsync(3_000);
    await idle;
    expect(failures).toHaveLength(2);
    expect(written).toEqual({ ends: [['a']], answers: [['b']] });
  } finally {
    jest.useRealTimers();
  }
});

describe('what is to be tried again', () => {
  const RETRY = { times: 1, backoff: 2, on: ['failed' as const, 'interrupted' as const] };
  const retried = (id: string, attempts = 1): Retried => ({ id, key: `k of ${id}`, attempts, retry: RETRY });
  const failed = (id: string, fields: Partial<Outcome> = {}): Outcome => ({
    ...end(id),
    status: 'failed',
    reason: because('RUN_TIMED_OUT'),
    ...fields,
  });

  it('waits for that, before its end is written, and whoever has its queue is told', async () => {
    const { again, completer } = setUp([retried('a'), retried('b', 2), retried('c'), retried('d')]);
    const before = Date.now();
    completer.complete(failed('a'));
    completer.complete(failed('b'));
    completer.complete(failed('c', { status: 'timedOut' }));
    completer.complete({ ...end('d'), status: 'interrupted', isSeen: true });
    completer.complete(failed('e'));
    completer.complete(failed('f', { executionId: null }));
    await completer.idle();
    expect(again.retries).toMatchObject([
      [
        { id: 'a', executionId: 1, reason: because('RETRY_WAITS', { attempt: 1, attempts: 2, detail: 'failed' }) },
        { id: 'd', executionId: 1, isSeen: true },
      ],
    ]);
    expect(again.retries[0]?.every(({ at }) => at.getTime() >= before + 2_000 && at.getTime() < before + 60_000)).toBe(
      true,
    );
    expect(again.keys).toEqual(['k of a', 'k of d']);
    // What could not be, such as for want of its execution, ends: but nothing that another instance has in hand.
    expect(again.ends.map(({ id, isSeen }) => [id, isSeen])).toEqual(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => [id, undefined]),
    );
  });

  it('is asked of nothing that ended well', async () => {
    const { again, completer } = setUp([retried('a')]);
    completer.complete({ ...end('a'), isSeen: true });
    await completer.idle();
    expect([again.retries, again.ends]).toEqual([[], [{ ...end('a'), isSeen: true }]]);
  });
});
