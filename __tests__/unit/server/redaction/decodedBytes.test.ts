import { decodeEscapes, originsOf } from '../../../../src/server/redaction/decodedBytes';

describe('what escapes stand for, and where each byte of it is from', () => {
  test.each<[string, string, string, number[]]>([
    ['a byte', 'a%41b', 'aAb', [0, 1, 4, 5]],
    ['an escape of an escape', '%2541', '%41', [0, 3, 4, 5]],
    ['of JSON', String.raw`\u0041\/`, 'A/', [0, 6, 8]],
    ['of two bytes', '&#252;!', 'ü!', [0, 0, 6, 7]],
    ['of three bytes', String.raw`x\u20AC`, 'x€', [0, 1, 1, 1, 7]],
    ['of four bytes', String.raw`\ud83d\udd11.`, '🔑.', [0, 0, 0, 0, 12, 13]],
    ['half of a pair', String.raw`\ud83d.`, '\ufffd.', [0, 0, 0, 6, 7]],
  ])('%s', (_what, text, expected, origins) => {
    const bytes = Buffer.from(text);
    expect(decodeEscapes(bytes)?.toString()).toBe(expected);
    expect(
      originsOf(
        bytes,
        origins.map((_origin, place) => place),
      ),
    ).toEqual(origins);
  });

  test.each(['', 'plain', '%', '%4', '%zz', '&nope;', '\\'])('%j has none', (text) => {
    expect(decodeEscapes(Buffer.from(text))).toBeNull();
  });
});
