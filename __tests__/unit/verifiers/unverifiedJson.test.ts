import { nestsDeeper, parseUnverified } from '../../../src/server/verifiers/unverifiedJson';

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
