import { Redactor } from '../../../../src/server/redaction/Redactor';
import { TextSearch } from '../../../../src/server/redaction/TextSearch';

/** Far behind what is looked at: so much that Node's own search isn't taken. */
const FAR = '-'.repeat(1 << 19);

const found = (texts: readonly string[], within: string): string[] | null => {
  const places: string[] = [];
  const bytes = Buffer.from(within);
  const isDone = new TextSearch(texts.map((text) => Buffer.from(text))).find(bytes, (start, end) =>
    places.push(`${start} ${bytes.toString('utf8', start, end)}`),
  );
  return isDone ? places : null;
};

test.each<[string[], string, string[]]>([
  [['12345678'], '12345678', ['0 12345678']],
  [['12345678'], 'x12345678y12345678', ['1 12345678', '10 12345678']],
  [['12345678'], '1234567', []],
  [['123456789'], '12345678', []],
  [['abcdefgh', 'abcdefghij'], 'abcdefghij', ['0 abcdefghij', '0 abcdefgh']],
  [['abcdefgh', 'efghijkl'], 'abcdefghijkl', ['0 abcdefgh', '4 efghijkl']],
  [['aaaaaaaa'], 'a'.repeat(20), ['0 aaaaaaaa', '8 aaaaaaaa']],
  [['aaaaaaab'], `${'a'.repeat(20)}b`, ['13 aaaaaaab']],
  [[], 'abcdefgh', []],
])('%j in %j', (texts, within, expected) => {
  expect(found(texts, within)?.sort()).toEqual([...expected].sort());
  expect(found(texts, within + FAR)?.sort()).toEqual([...expected].sort());
});

test('finds what an ordinary search finds, in texts of few letters', () => {
  let seed = 7;
  const random = (below: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) % below;
  const word = (length: number) => Array.from({ length }, () => 'ab'[random(16) >> 3]).join('');
  for (let round = 0; round < 60; round += 1) {
    const text = word(8 + random(5));
    const within = word(600);
    const expected: string[] = [];
    for (let at = within.indexOf(text); at >= 0; at = within.indexOf(text, at + text.length)) {
      expected.push(`${at} ${text}`);
    }
    expect(found([text], within)).toEqual(expected);
    expect(found([text], within + FAR)).toEqual(expected);
  }
});

// Node's own search takes a minute and more for these.
describe('what was made to take long is given up, and nothing of it is kept', () => {
  const rest = 'a'.repeat(900_000);

  test.each([
    ['a second letter that differs', `ab${'a'.repeat(100_000)}`],
    ['a last letter that differs', `${'a'.repeat(100_000)}b`],
    ['one in the middle', `${'a'.repeat(50_000)}b${'a'.repeat(50_000)}`],
  ])('%s', (_which, text) => {
    const search = new TextSearch([Buffer.from(text)]);
    let isDone = true;
    const compared = jest.spyOn(Buffer.prototype, 'compare');
    try {
      isDone = search.find(Buffer.from(rest), () => undefined);
      // What is compared is in proportion to what is looked through.
      expect(compared.mock.calls.length * text.length).toBeLessThan(40 * rest.length);
    } finally {
      compared.mockRestore();
    }
    const body = new Redactor([text]).body(Buffer.from(rest)).toString();
    expect(body).toBe(isDone ? rest : '[redacted]');
  });
});
