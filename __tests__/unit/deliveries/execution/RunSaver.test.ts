import { DatabaseError, UniqueConstraintError } from 'sequelize';
import { RunSaver } from '../../../../src/server/deliveries/execution/direct/RunSaver';
import { newDeliveryId } from '../../../../src/server/deliveries/model/ids';
import { inEnglish } from '../../../../src/common/reasons/describe';

const failed = (code: string) => new DatabaseError(Object.assign(new Error(code), { code, sql: '' }));
const full = failed('SQLITE_FULL');
const tooLarge = failed('SQLITE_TOOBIG');
const taken = new UniqueConstraintError({ parent: Object.assign(new Error('taken'), { sql: '' }) });

const ID = newDeliveryId();
const EXECUTION = { id: 7, get: () => ID };

/** A saver whose database fails with one error after another, then works; each statement goes into `steps`. */
function setUp(errors: unknown[], others: string[] = []) {
  const steps: string[] = [];
  const notes: (string | null)[] = [];
  const stalls: boolean[] = [];
  const lease = { isLost: false };
  const statement = (name: string) => async () => {
    steps.push(name);
    const error = errors.shift();
    if (error !== undefined) {
      throw error instanceof Error ? error : new Error('not an error');
    }
  };
  const saver = new RunSaver({
    store: {
      save: statement('save'),
      saveRemaining: async () => {
        await statement('save the rest')();
        return new Set(others);
      },
      end: async () => {
        await statement('end')();
        return true;
      },
      endAlone: async () => {
        await statement('end alone')();
        return true;
      },
    },
    lease,
    log: { info() {}, warn() {}, error() {} },
    note: (id, reason) =>
      Promise.resolve(void notes.push(id !== ID ? 'of another delivery' : reason && inEnglish(reason))),
    onStalled: (_id, isStalled) => void stalls.push(isStalled),
  });
  const save = () => saver.save(EXECUTION, { changed: [{ id: 1, values: { status: 1 } }], created: [{ id: 2 }] });
  return { saver, save, steps, notes, stalls, lease };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('what a run came to is written at once', async () => {
  const { saver, save, steps, notes } = setUp([]);
  await save();
  expect(await saver.end(EXECUTION, { status: 1, reason: null })).toBe(true);
  expect([steps, notes]).toEqual([['save', 'end'], []]);
});

test('what the database doesn’t take just now is tried again, alone, later and later, and says so', async () => {
  const { saver, save, steps, notes, stalls } = setUp([full, full, undefined, full]);
  const saved = save().then(() => saver.end(EXECUTION, { status: 1, reason: null }));
  await jest.advanceTimersByTimeAsync(400);
  expect(steps).toEqual(['save']);
  await jest.advanceTimersByTimeAsync(20_000);
  expect(await saved).toBe(true);
  expect(steps.slice(1)).toEqual(['save the rest', 'save the rest', 'end', 'end alone']);
  const why = 'What its run came to could not be written yet, and is tried again: SQLITE_FULL';
  expect(notes).toEqual([why, why, null, why, null]);
  expect(stalls).toEqual([true, true, false, true, false]);
});

test('ids that other results have are told', async () => {
  const { save, steps } = setUp([taken], ['2']);
  const saved = save();
  await jest.advanceTimersByTimeAsync(2_000);
  expect([...(await saved)]).toEqual(['2']);
  expect(steps).toEqual(['save', 'save the rest']);
});

test('it is tried for as long as it takes', async () => {
  const { save, steps } = setUp(Array<Error>(500).fill(full));
  const saved = save();
  await jest.advanceTimersByTimeAsync(3_600_000 * 9);
  await saved;
  expect(steps).toHaveLength(501);
});

test.each([
  ['is final for it', tooLarge, 1],
  ['is none of the database’s', new TypeError('x is undefined'), 1],
  // The first time, an earlier try may have been stored after all.
  ['says again and again that its id is taken', taken, 4],
])('an error that %s ends it', async (_what, error, tries) => {
  const { save, steps } = setUp(Array<Error>(9).fill(error));
  const saved = expect(save()).rejects.toBe(error);
  await jest.advanceTimersByTimeAsync(60_000);
  await saved;
  expect(steps).toHaveLength(tries);
});

test('an instance that stops tries at once, and not for long', async () => {
  const { saver, save, steps } = setUp(Array<Error>(500).fill(full));
  const saved = expect(save()).rejects.toBe(full);
  await jest.advanceTimersByTimeAsync(600_000);
  const before = steps.length;
  saver.stop();
  await jest.advanceTimersByTimeAsync(0);
  expect(steps.length).toBe(before + 1);
  await jest.advanceTimersByTimeAsync(12_000);
  await saved;
  expect(steps.length).toBeLessThanOrEqual(before + 25);
});

test('nothing is tried any more once another instance has taken over', async () => {
  const { saver, save, steps, lease } = setUp([full]);
  const saved = save();
  void saved.catch(() => undefined);
  await jest.advanceTimersByTimeAsync(0);
  lease.isLost = true;
  saver.abandon();
  await expect(saved).rejects.toThrow('another one has taken over');
  await expect(saver.end(EXECUTION, { status: 1, reason: null })).rejects.toThrow('another one has taken over');
  expect(steps).toEqual(['save']);
});
