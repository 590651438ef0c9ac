import { exactJsonText, storableJson, storableJsonText, storableText } from '../../../src/server/storableText';

const FFFD = '\ufffd';

it.each([
  ['plain', 'plain'],
  ['', ''],
  ['a\0b', `a${FFFD}b`],
  ['\ud83d', FFFD],
  ['x'.repeat(50) + '\udc00', 'x'.repeat(50) + FFFD],
  ['🚲\0🚲', `🚲${FFFD}🚲`],
  ['\udc00\ud800', FFFD + FFFD],
])('%j is kept as %j', (text, expected) => {
  expect(storableText(text)).toBe(expected);
});

it('a text that is longer than its column is cut, never within a character', () => {
  expect(storableText('abcdef', 5)).toBe('abcd…');
  expect(storableText('abcde', 5)).toBe('abcde');
  expect(storableText('abc🚲de', 5)).toBe(`abc${FFFD}…`);
  expect(storableText('abc', 0)).toBe('…');
});

it.each<[unknown, unknown]>([
  [
    { a: 'x\0y', 'k\0': ['\ud800', '🚲'] },
    { a: `x${FFFD}y`, [`k${FFFD}`]: [FFFD, '🚲'] },
  ],
  // What looks like an escape, and is text.
  [{ a: '\\u0000 \\ud800 \\\\u0000' }, { a: '\\u0000 \\ud800 \\\\u0000' }],
  [{ a: '\\\0' }, { a: `\\${FFFD}` }],
  ['\ud83d\ude00', '😀'],
  [null, null],
  [undefined, null],
])('JSON of %j means %j', (value, expected) => {
  expect(JSON.parse(storableJson(value))).toEqual(expected);
  expect(JSON.parse(storableJsonText(JSON.stringify(value) ?? 'null'))).toEqual(expected);
});

it('JSON of nothing but what has to go takes a time that its length bounds', () => {
  const json = storableJson({ a: '\0'.repeat(300_000), b: '\\u0000'.repeat(50_000) });
  expect(JSON.parse(json)).toEqual({ a: FFFD.repeat(300_000), b: '\\u0000'.repeat(50_000) });
});

it('JSON for a column of JSON is kept as it is, but for what MySQL refuses there', () => {
  const json = JSON.stringify(['\0', '\ud83d', '\\ud83d', '🚲']);
  expect(exactJsonText(json, true)).toBe(json);
  expect(JSON.parse(exactJsonText(json, false))).toEqual(['\0', FFFD, '\\ud83d', '🚲']);
});
