import { Random } from '../../../../scripts/fuzz/Random';
import { walk } from '../../../../src/common/walk';
import { numbersAt } from '../../../../src/server/verifiers/numbersAt';

it.each<[string, string, (string | null)[]]>([
  ['{"a":10.00}', 'a', ['10.00']],
  ['{"a":-1.50e+3 }', 'a', ['-1.50e+3']],
  ['{ "x" : [1,"}"] , "a" : 2 }', 'a', ['2']],
  ['{"a":1,"a":2.0}', 'a', ['2.0']],
  ['{"a":{"b":1},"a":2.0}', 'a.b', []],
  ['{"\\u0061":1.0}', 'a', ['1.0']],
  ['{"a\\"":1.0,"a":"\\\\"}', 'a"', ['1.0']],
  ['{"é":1.0}', 'é', ['1.0']],
  ['{"a":"1"}', 'a', [null]],
  ['{"a":[1]}', 'a', [null]],
  ['[1.0, {"b":2.0}, {}, [3.0]]', '[].b', [null, '2.0', null, null]],
  ['{"a":[[1.0],[],[2.0,3.0]]}', 'a[].[]', ['1.0', null, '2.0', '3.0']],
  ['{"a":[1.0,2.0]}', 'a.1', ['2.0']],
  ['{"a":[1.0,2.0]}', 'a.01', []],
  ['{"a":1.0}', 'b', []],
  ['12.0', '[]', []],
])('reads %s at %s', (json, path, numbers) => {
  expect(numbersAt(Buffer.from(json), path.split('.'))).toEqual(numbers);
});

it('reads no more than is asked for', () => {
  expect(numbersAt(Buffer.from('{"a":[1.0,2.0,3.0],"b":0}'), ['a[]'], 2)).toEqual(['1.0', '2.0']);
  expect(walk({ a: [1, [], 3] }, ['a[]'], 2)).toEqual([1, []]);
});

/** One document twice: with its numbers, and with texts in place of them, which begin with a hash. */
function made(random: Random, levels: number): [numbers: string, texts: string] {
  const blank = () => random.pick(['', '', ' ', '\n\t']);
  const items = () => Array.from({ length: random.int(0, 4) }, () => made(random, levels - 1));
  const name = () => random.pick(['"a"', '"b"', '"\\u0061"', '"0"', '"a.b"', '"\\"a"', '"é"']);
  switch (levels === 0 ? random.int(0, 1) : random.int(0, 5)) {
    case 0: {
      const number = random.pick(['0', '-1', '10.00', '1e5', '-0.5E-3', '12345678901234567890']);
      return [number, `"#${number}"`];
    }
    case 1: {
      const text = random.pick(['""', '"a"', '"\\\\"', '"\\"1.0,"', 'true', 'null', 'false', '"]}"']);
      return [text, text];
    }
    case 2:
    case 3: {
      const list = items();
      const join = (which: 0 | 1) => `[${list.map((item) => blank() + item[which] + blank()).join(',')}]`;
      return [join(0), join(1)];
    }
    default: {
      const fields = items().map((value) => [name(), value] as const);
      const join = (which: 0 | 1) =>
        `{${fields.map(([key, value]) => `${blank()}${key}${blank()}:${blank()}${value[which]}${blank()}`).join(',')}}`;
      return [join(0), join(1)];
    }
  }
}

it('finds what the values of the same path are written as', () => {
  const random = new Random(11);
  for (let round = 0; round < 20_000; round += 1) {
    const [numbers, texts] = made(random, 4);
    const path = Array.from({ length: random.int(1, 4) }, () =>
      random.pick(['a', 'b', '0', 'a[]', '[]', '[]', '"a', 'é']),
    );
    const max = random.pick([1, 2, Infinity]);
    const expected = walk(JSON.parse(texts), path, max).map((value) =>
      typeof value === 'string' && value.startsWith('#') ? value.slice(1) : null,
    );
    expect({ numbers, path, found: numbersAt(Buffer.from(numbers), path, max) }).toEqual({
      numbers,
      path,
      found: expected,
    });
  }
});
