import { percentDecode, withEntities, withLineFeeds, withoutNuls } from '../../../src/server/units';

const LONG = 5_000;

describe.each([
  ['NULs', withoutNuls, 'a\0b\0', 'a\ufffdb\ufffd'],
  ['line ends', withLineFeeds, 'a\r\nb\rc\nd\r', 'a\nb\nc\nd\n'],
  ['what means something in markup', withEntities, `&<>"'\x01a\t\uffff`, '&amp;&lt;&gt;&quot;&#39;a\t'],
])('%s', (_what, change, given, expected) => {
  it.each([1, LONG])('are changed, and nothing else, %d times over', (times) => {
    const around = '中é😀\ud800';
    expect(change((given + around).repeat(times))).toBe((expected + around).repeat(times));
  });

  it('are not there in most texts', () => {
    expect(change('plain text 中')).toBe('plain text 中');
    expect(change('')).toBe('');
  });
});

it.each([
  ['%41+b%4%zz%', 'A b%4%zz%'],
  ['%e4%B8%ad', '中'],
  ['', ''],
])('decodes %j as a form does', (encoded, expected) => {
  const bytes = Buffer.from(encoded);
  expect(percentDecode(bytes).toString()).toBe(expected);
  expect(bytes.toString()).toBe(encoded);
});
