import { FairBuffer, type Waiting } from '../../../../src/server/deliveries/intake/FairBuffer';

const entry = (group: string, source = 's', item = '', bytes = 1): Waiting<string> => ({ group, source, item, bytes });
const names = (entries: readonly Waiting<string>[]) =>
  entries.map(({ group, source }) => `${group}${source}`).join(' ');
const ALL = { items: 1_000, bytes: 1_000 };

it('gives out what waits from each group in turn, and within it from each source in turn', () => {
  const buffer = new FairBuffer<string>(ALL);
  for (const [group, source] of ['a1', 'a1', 'a1', 'a2', 'b1', 'a1', 'c1', 'c1'].map((name) => [...name])) {
    buffer.add(entry(group!, source));
  }
  expect(names(buffer.take({ items: 5, bytes: 100 }))).toBe('a1 b1 c1 a2 c1');
  expect(names(buffer.take(ALL))).toBe('a1 a1 a1');
  expect(buffer.size).toBe(0);
});

it('without room, whoever takes the most loses its newest', () => {
  const buffer = new FairBuffer<string>({ items: 6, bytes: 1_000 });
  const flood = Array.from({ length: 50 }, (_none, index) => buffer.add(entry('a', '1', String(index)))).flat();
  expect(flood.map(({ item }) => item)).toEqual(Array.from({ length: 44 }, (_none, index) => String(index + 6)));
  // Another group, and another source of the same one, get in all the same.
  expect(names(buffer.add(entry('b')))).toBe('a1');
  expect(names(buffer.add(entry('a', '2')))).toBe('a1');
  expect(names(buffer.take(ALL))).toBe('a1 bs a2 a1 a1 a1');
});

it('bytes are room as well, and one that is too large for it all doesn’t get in', () => {
  const buffer = new FairBuffer<string>({ items: 10, bytes: 100 });
  buffer.add(entry('a', '1', 'small', 10));
  expect(names(buffer.add(entry('b', '1', 'huge', 101)))).toBe('b1');
  expect(names(buffer.add(entry('b', '1', 'large', 80)))).toBe('');
  expect(names(buffer.add(entry('c', '1', 'small', 20)))).toBe('b1');
  expect(names(buffer.take({ items: 10, bytes: 5 }))).toBe('a1');
  expect(names(buffer.take({ items: 10, bytes: 5 }))).toBe('c1');
});
