import { Batcher, type BatchOptions } from '../../../../src/server/deliveries/concurrency/Batcher';

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** What was written, write by write; each waits until it is let go. */
function setUp(options: Partial<BatchOptions<string>> = {}) {
  const writes: string[][] = [];
  const open: (() => void)[] = [];
  const batcher = new Batcher<string, number>(
    async (items) => {
      writes.push([...items]);
      await new Promise<void>((resolve) => open.push(resolve));
      if (items.includes('away')) {
        throw new Error('away');
      }
      return items.map((item) =>
        item === 'bad' ? { status: 'rejected', reason: item } : { status: 'fulfilled', value: items.length },
      );
    },
    { maxItems: 10, ...options },
  );
  const add = (...items: string[]) => Promise.allSettled(items.map((item) => batcher.add(item)));
  const release = async () => {
    open.shift()?.();
    await turn();
  };
  return { writes, batcher, add, release };
}

it('a lone item waits for nobody, what comes meanwhile goes together', async () => {
  const { writes, batcher, release } = setUp();
  const first = batcher.add('a');
  await turn();
  const others = Promise.all(['b', 'c'].map((item) => batcher.add(item)));
  await turn();
  expect([writes, batcher.depth]).toEqual([[['a']], 2]);
  await release();
  expect([writes, batcher.depth]).toEqual([[['a'], ['b', 'c']], 0]);
  await release();
  expect([await first, ...(await others)]).toEqual([1, 2, 2]);
  const later = batcher.add('d');
  await turn();
  await release();
  expect(await later).toBe(1);
});

it('each item gets what became of it, and the next are written after a failure', async () => {
  const { add, release } = setUp({ gatherMs: 0 });
  const first = add('a', 'bad');
  await turn();
  await release();
  expect((await first).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  const second = add('b', 'away');
  await turn();
  await release();
  expect((await second).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const third = add('c');
  await turn();
  await release();
  expect((await third).map(({ status }) => status)).toEqual(['fulfilled']);
});

it('a batch takes no more items than it may, and no more of them unless one alone is larger', async () => {
  const { writes, batcher, add, release } = setUp({
    maxItems: 3,
    maxSize: 4,
    sizeOf: (item) => item.length,
    gatherMs: 0,
  });
  const all = add('a', 'b', 'c', 'd', 'ee', 'ff', 'ggggggg', 'h');
  expect(batcher.size).toBe(16);
  await turn();
  for (let write = 0; write < 5; write++) {
    await release();
    await turn();
  }
  await all;
  expect(writes).toEqual([['a', 'b', 'c'], ['d', 'ee'], ['ff'], ['ggggggg'], ['h']]);
  expect(batcher.size).toBe(0);
});

it('gathers as long as it is told to, and no longer once it is to be idle', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate'] });
  try {
    const { writes, batcher, add, release } = setUp({ maxItems: 1, gatherMs: 1_000 });
    const all = add('a', 'b', 'c');
    await jest.advanceTimersByTimeAsync(999);
    expect(writes).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(writes).toEqual([['a']]);
    await release();
    const idle = batcher.idle();
    for (let write = 0; write < 3; write++) {
      await turn();
      await release();
    }
    await idle;
    expect(writes).toEqual([['a'], ['b'], ['c']]);
    await all;
  } finally {
    jest.useRealTimers();
  }
});

it('takes out what no batch has taken yet, and its size with it', async () => {
  const { writes, batcher, release } = setUp({ sizeOf: (item) => item.length });
  const first = batcher.add('first');
  await turn();
  void batcher.add('second');
  const third = batcher.add('third');
  expect(['first', 'second', 'second', 'other'].map((item) => batcher.remove(item))).toEqual([
    false,
    true,
    false,
    false,
  ]);
  expect([batcher.depth, batcher.size]).toEqual([1, 'firstthird'.length]);
  await release();
  await release();
  expect([await first, await third]).toEqual([1, 1]);
  expect(writes).toEqual([['first'], ['third']]);
});
