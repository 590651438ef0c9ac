import { remembering } from '../../../src/server/remembering';

const asked: string[] = [];
const lengthOf = () =>
  remembering((text) => {
    asked.push(text);
    if (text === 'bad') {
      throw new Error('no answer');
    }
    return text.length;
  });

beforeEach(() => asked.splice(0));

test('a text that comes again is not worked out again', () => {
  const answer = lengthOf();
  expect([answer('a'), answer(''), answer('a'), answer('')]).toEqual([1, 0, 1, 0]);
  expect(asked).toEqual(['a', '']);
});

test('a failure is not remembered', () => {
  const answer = lengthOf();
  expect(() => answer('bad')).toThrow('no answer');
  expect(() => answer('bad')).toThrow('no answer');
  expect(asked).toEqual(['bad', 'bad']);
});

test.each([
  ['many texts', Array.from({ length: 5_000 }, (_, index) => `text ${index}`)],
  ['long texts', ['x'.repeat(65)]],
])('%s are answered, and not all kept', (_name, texts) => {
  const answer = lengthOf();
  texts.forEach((text) => expect(answer(text)).toBe(text.length));
  const last = texts.at(-1) ?? '';
  expect(answer(last)).toBe(last.length);
  expect(asked.slice(-2)).toEqual([last, last]);
});
