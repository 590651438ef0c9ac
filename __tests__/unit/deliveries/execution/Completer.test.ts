import { Completer } from '../../../../src/server/deliveries/execution/Completer';
import type { Outcome, RecordedAnswer } from '../../../../src/server/deliveries/model/delivery';

/** What was written, statement by statement. */
function setUp() {
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
  const transitions = { complete: (outcomes: readonly Outcome[]) => write(written.ends, outcomes) };
  const store = { recordAnswers: (answers: readonly RecordedAnswer[]) => write(written.answers, answers) };
  const log = { info: jest.fn(), warn: (_text: string, meta: unknown) => void failures.push(meta), error: jest.fn() };
  const completer = new Completer({ transitions, store, log });
  return { written, failures, completer, breakFor: (statements: number) => (broken = statements) };
}

const end = (id: string): Outcome => ({ id, status: 'succeeded', reason: null });
const answer = (id: string, length = 1): RecordedAnswer => ({ id, status: 200, headers: {}, body: 'x'.repeat(length) });

it('writes what came together together', async () => {
  const { written, completer } = setUp();
  ['a', 'b'].forEach((id) => completer.complete(end(id)));
  ['c', 'd', 'e'].forEach((id) => completer.answered(answer(id)));
  await completer.idle();
  expect(written).toEqual({ ends: [['a', 'b']], answers: [['c', 'd', 'e']] });
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
