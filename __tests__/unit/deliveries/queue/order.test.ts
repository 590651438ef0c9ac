import { chooseNext, type Candidate } from '../../../../src/server/deliveries/queue/order/chooseNext';
import { lookByKey } from '../../../../src/server/deliveries/queue/order/lookByKey';
import { ReadyRuns } from '../../../../src/server/deliveries/queue/order/ReadyRuns';
import type { ReadyRun } from '../../../../src/server/deliveries/model/run';

/** `a1`: the first with key `a`; `-1` has no key; with `!` it is tried again later. */
const candidate = (name: string): Candidate => ({
  id: name,
  orderKey: name.startsWith('-') ? null : name.charAt(0),
  isHeld: name.endsWith('!'),
});

describe('chosen are', () => {
  test.each([
    ['the first of each key', 'a1 a2 b1 a3 c1', '', 9, 'a1 b1 c1'],
    ['none of a key that is busy', 'a1 b1 c1', 'a c', 9, 'b1'],
    ['all that have no key', '-1 a1 -2 a2 -3', 'a', 9, '-1 -2 -3'],
    ['none behind one of its key that is held', 'a1! a2 b1 -1! -2', '', 9, 'b1 -2'],
    ['as many as there is room for, in order', 'b1 a1 b2 c1 d1', '', 2, 'b1 a1'],
    ['none where there is no room', 'a1', '', 0, ''],
  ])('%s', (_what, waiting, busy, limit, chosen) => {
    const words = (text: string) => text.split(' ').filter(Boolean);
    expect(chooseNext(words(waiting).map(candidate), limit, new Set(words(busy)))).toEqual(words(chosen));
  });
});

describe('a look into the database', () => {
  /** What waits there, and what was left out at each look. */
  function underTest(waiting: string[]) {
    const looks: string[][] = [];
    const store = {
      waitingByKey: (
        _key: string,
        { after, leftOut, limit }: { after: number | string; leftOut: readonly string[]; limit: number },
      ) => {
        looks.push([...leftOut]);
        const rows = waiting.map((name, index) => ({ ...candidate(name), position: index + 1 }));
        const found = rows.filter(
          ({ position, orderKey }) => position > Number(after) && !leftOut.includes(orderKey ?? ''),
        );
        return Promise.resolve(found.slice(0, limit).map(({ isHeld, ...row }) => ({ ...row, isEarly: isHeld })));
      },
    };
    const look = (limit: number, busy: string[] = []) =>
      lookByKey(store, 'k', limit, new Set(busy), (id) => id === 'h1');
    return { look, looks };
  }
  const hot = Array.from({ length: 450 }, (_none, index) => `a${index}`);

  test('is one where that has all that waits, and tells so', async () => {
    const { look, looks } = underTest(['a1', 'a2', 'h1', 'h2', 'b1']);
    expect(await look(8)).toEqual({ chosen: ['a1', 'b1'], seen: new Set(['a1', 'a2', 'h1', 'h2', 'b1']) });
    expect(looks).toEqual([[]]);
  });

  test('goes past many of one key, which the database leaves out from the second page on', async () => {
    const { look, looks } = underTest([...hot, 'b1', 'c1']);
    expect(await look(8)).toEqual({ chosen: ['a0', 'b1', 'c1'], seen: null });
    expect(looks).toEqual([[], ['a']]);
    expect((await underTest([...hot, 'b1']).look(8, ['a'])).chosen).toEqual(['b1']);
  });

  test('ends where enough is found, and somewhere', async () => {
    const { look, looks } = underTest([...hot.map((_name, index) => `-${index}`), 'b1']);
    expect((await look(3)).chosen).toEqual(['-0', '-1', '-2']);
    expect(looks).toHaveLength(1);
    const held = underTest([...Array.from({ length: 30_000 }, (_none, index) => `-${index}!`), 'b1']);
    expect((await held.look(1)).chosen).toEqual([]);
    expect(held.looks).toHaveLength(100);
  });
});

describe('what is started and waits for a place', () => {
  const run = (name: string, kind: 'new' | 'cutOff' = 'new'): ReadyRun =>
    ({
      kind,
      id: name,
      key: 'k',
      executionId: 1,
      failures: 0,
      tries: 0,
      orderKey: candidate(name).orderKey,
    }) as ReadyRun;

  test('has one as long as nothing of its key has', () => {
    const runs = new ReadyRuns();
    ['a1', 'a2', 'b1', '-1'].forEach((name) => runs.add(run(name)));
    const begun = [1, 2, 3].map(() => runs.nextReady()?.id);
    expect(begun).toEqual(['a1', 'b1', '-1']);
    expect([runs.canRun(8, true), runs.nextReady()]).toEqual([false, null]);
    runs.freePlace('b1');
    expect(runs.canRun(8, true)).toBe(false);
    runs.freePlace('a1');
    expect([runs.canRun(8, true), runs.nextReady()?.id, runs.placesTaken]).toEqual([true, 'a2', 2]);
  });

  test('comes ahead of what has not begun where it had one before, once its key is free', () => {
    const runs = new ReadyRuns();
    runs.add(run('a1'));
    expect(runs.nextReady()?.id).toBe('a1');
    runs.add(run('b2'));
    runs.add(run('a0', 'cutOff'));
    runs.add(run('a3'));
    expect([...runs.busyKeys()].sort()).toEqual(['a', 'b']);
    expect(runs.nextReady()?.id).toBe('b2');
    expect(runs.nextReady()).toBeNull();
    runs.freePlace('a1');
    expect(runs.canRun(8, false)).toBe(true);
    expect(runs.nextReady()?.id).toBe('a0');
    runs.freePlace('a0');
    expect([runs.canRun(8, false), runs.canRun(8, true), runs.nextReady()?.id]).toEqual([false, true, 'a3']);
  });

  test('takes nobody’s room while its key is busy', () => {
    const runs = new ReadyRuns();
    ['a1', 'a2', 'b1', 'b2', '-1', '-2'].forEach((name) => runs.add(run(name)));
    expect([runs.count, runs.countFree]).toEqual([6, 4]);
    expect([runs.nextReady()?.id, runs.count, runs.countFree]).toEqual(['a1', 5, 3]);
    runs.add(run('a0', 'cutOff'));
    expect([runs.count, runs.countFree]).toEqual([6, 3]);
    runs.freePlace('a1');
    expect(runs.countFree).toBe(4);
  });

  test('of a run with two branches is counted once, and doesn’t wait for itself', () => {
    const runs = new ReadyRuns();
    runs.add(run('a1', 'cutOff'));
    runs.add(run('a1', 'cutOff'));
    expect([runs.nextReady()?.id, runs.nextReady()?.id, runs.placesTaken]).toEqual(['a1', 'a1', 1]);
    runs.freePlace('a1');
    expect([runs.placesTaken, runs.busyKeys().size]).toEqual([0, 0]);
  });
});
