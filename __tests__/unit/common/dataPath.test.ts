import { formatDataPath, parseDataPath } from '../../../src/common/dataPath';

it.each<[string, string[] | null]>([
  // As it always was: whatever has no quote behind a bracket is split at its dots.
  ['a', ['a']],
  ['a.b', ['a', 'b']],
  ['list.0.id', ['list', '0', 'id']],
  ['a..b.', ['a', '', 'b', '']],
  ['', ['']],
  ['a[0].b', ['a[0]', 'b']],
  ["a['b']", ["a['b']"]],
  ['a b.订单', ['a b', '订单']],
  // Quoted.
  ['fields["System.State"]', ['fields', 'System.State']],
  ['["data.id"]', ['data.id']],
  ['a["b"]["c.d"].e', ['a', 'b', 'c.d', 'e']],
  ['a.["b"]', ['a', 'b']],
  ['["a\\"]b"]', ['a"]b']],
  ['["\\u8ba2\\\\"]', ['订\\']],
  ['[""]', ['']],
  ['["__proto__"]', ['__proto__']],
  // Opened, and not closed as a JSON string.
  ['a["b', null],
  ['a["b"', null],
  ['a["b"]c', null],
  ['a["\\x"]', null],
  ['a["\n"]', null],
])('%j is %j', (path, names) => expect(parseDataPath(path)).toEqual(names));

it.each<[string[], string]>([
  [['a', 'b'], 'a.b'],
  [['System.State'], '["System.State"]'],
  [['fields', 'System.State', 'x'], 'fields["System.State"].x'],
  [['a["b"]'], '["a[\\"b\\"]"]'],
  [['a[0]', "it's", 'x|y', '#', 'a:b', 'R&D', '订单'], "a[0].it's.x|y.#.a:b.R&D.订单"],
  [['a,b'], '["a,b"]'],
  [[' a', ''], '[" a"][""]'],
  [['a\u2028\ud800'], '["a\u2028\\ud800"]'],
])('%j is written %s, and read again', (names, path) => {
  expect(formatDataPath(names)).toBe(path);
  expect(parseDataPath(path)).toEqual(names);
});
