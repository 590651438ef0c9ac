import { JsonTooComplex, nestsDeeper, parseBounded, parseUnverified } from '../../../src/server/boundedJson';

const nested = (levels: number) => '[{"a":'.repeat(levels / 2) + '1' + '}]'.repeat(levels / 2);

it.each([
  [nested(10), 10, false],
  [nested(10), 9, true],
  ['[[],[],[]]', 2, false],
  ['[[],[[]]]', 2, true],
  ['"[[[["', 0, false],
  ['"\\"[[[["', 0, false],
  ['"\\\\"[', 0, true],
  ['["]]]]",[[]]]', 2, true],
  ['', 0, false],
])('%s nests deeper than %d: %s', (text, levels, expected) => {
  expect(nestsDeeper(text, levels)).toBe(expected);
});

it('parses what a provider may send, and nothing else', () => {
  expect(parseUnverified('{"a":[1]}')).toEqual({ a: [1] });
  expect(parseUnverified(nested(200))).toEqual(JSON.parse(nested(200)));
  expect(parseUnverified(nested(202))).toBeUndefined();
  expect(parseUnverified('{"a":')).toBeUndefined();
});

describe('JSON that is slow to parse for its length', () => {
  const SIZE = 1 << 20;
  const filled = (unit: (index: number) => string): string => {
    const units: string[] = [];
    for (let length = 2; ; length += (units.at(-1) ?? '').length + 1) {
      const next = unit(units.length);
      if (length + next.length > SIZE) {
        return units.join(',');
      }
      units.push(next);
    }
  };
  const short = (index: number): string => index.toString(36);
  const REFUSED: Record<string, string> = {
    'levels alone': '['.repeat(SIZE),
    'lists in lists': `[${filled(() => `${'['.repeat(88)}${']'.repeat(88)}`)}]`,
    'empty objects': `[${filled(() => '{}')}]`,
    'objects of a name of their own': `[${filled((index) => `{"${short(index)}":0}`)}]`,
    'objects of some names of their own': `[${filled(
      (index) => `{"${short(3 * index)}":0,"${short(3 * index + 1)}":0,"${short(3 * index + 2)}":0}`,
    )}]`,
    'objects of two thousand names in turn': `[${filled((index) => `{"${short(index % 2_000)}":0}`)}]`,
    'names that differ in what is escaped only': `[${filled(
      (index) =>
        `{"${[...index.toString(8).padStart(6, '0')].map((digit) => `\\${'"\\/bfnrt'[Number(digit)]}`).join('')}":0}`,
    )}]`,
    'one object of short names': `{${filled((index) => `"${short(index)}":0`)}}`,
  };

  it.each(Object.entries(REFUSED))('is refused: %s', (_what, text) => {
    expect(() => parseBounded(text)).toThrow(JsonTooComplex);
    expect(parseUnverified(text)).toBeUndefined();
  });

  const USUAL: Record<string, string> = {
    'a list of records': `[${filled((index) => `{"id":${index},"name":"item ${index}","tags":["a","b"],"ok":true}`)}]`,
    'a list of small records': `[${filled((index) => `{"x":${index},"y":1}`)}]`,
    'a table by number': `{${filled((index) => `"SKU-${index}":{"quantity":${index}}`)}}`,
    'a list of numbers': `[${filled((index) => String(index % 7))}]`,
    'one long text': JSON.stringify(':{[,'.repeat(SIZE / 5)),
    'names like `__proto__`': '{"__proto__":{"a":1}}',
  };

  it.each(Object.entries(USUAL))('is not what senders send: %s', (_what, text) => {
    expect(parseBounded(text)).toEqual(JSON.parse(text));
  });
});
