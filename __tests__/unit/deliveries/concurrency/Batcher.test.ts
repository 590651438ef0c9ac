import { ConnectionError } from 'sequelize';
import { Batcher } from '../../../../src/server/deliveries/store/Batcher';

/** What was written, write by write; each waits until it is let go. */
function setUp(max = 10) {
  const writes: string[][] = [];
  const open: (() => void)[] = [];
  const writer = new Batcher<string, number>(async (items) => {
    writes.push([...items]);
    await new Promise<void>((resolve) => open.push(resolve));
    if (items.includes('away')) {
      throw new ConnectionError(new Error('gone'));
    }
    if (items.includes('bad')) {
      throw new Error('bad item');
    }
    return items.length;
  }, max);
  const release = async () => {
    open.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { writes, writer, release };
}

it('a lone item waits for nobody, what comes meanwhile goes together', async () => {
  const { writes, writer, release } = setUp();
  const all = Promise.all(['a', 'b', 'c'].map((item) => writer.add(item)));
  expect(writes).toEqual([['a']]);
  await release();
  expect(writes).toEqual([['a'], ['b', 'c']]);
  await release();
  expect(await all).toEqual([1, 2, 2]);
  const later = writer.add('d');
  expect(writes.at(-1)).toEqual(['d']);
  await release();
  expect(await later).toBe(1);
});

it('a bad one fails alone', async () => {
  const { writes, writer, release } = setUp();
  const all = Promise.allSettled(['a', 'b', 'bad', 'c'].map((item) => writer.add(item)));
  for (let write = 0; write < 5; write++) {
    await release();
  }
  expect(writes).toEqual([['a'], ['b', 'bad', 'c'], ['b'], ['bad'], ['c']]);
  expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
});

it('all fail at once where the database is away, and the next are tried', async () => {
  const { writes, writer, release } = setUp();
  const all = Promise.allSettled(['a', 'b', 'away', 'c'].map((item) => writer.add(item)));
  await release();
  await release();
  expect(writes).toEqual([['a'], ['b', 'away', 'c']]);
  expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
  const later = writer.add('d');
  await release();
  expect(await later).toBe(1);
});

it('one write takes no more than it may', async () => {
  const { writes, writer, release } = setUp(2);
  const all = Promise.all(['a', 'b', 'c', 'd'].map((item) => writer.add(item)));
  for (let write = 0; write < 3; write++) {
    await release();
  }
  await all;
  expect(writes).toEqual([['a'], ['b', 'c'], ['d']]);
});
