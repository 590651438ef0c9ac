import { WebhookError } from '../../../../src/common/errors';
import { dataOf } from './support';
import { leastCpuMs } from '../../../support/cpuTime';
import { inEnglish } from '../../../../src/common/reasons/describe';

// Bodies in which it can't be told what is a part: none of them is answered with a part missing, merged or cut.

const TYPE = 'multipart/form-data; boundary=XX';

/** `¶` is a line break, `P(a)` the disposition of a field. */
const bytes = (text: string) =>
  Buffer.from(
    text.replaceAll('¶', '\r\n').replace(/P\((\w+)\)/g, 'Content-Disposition: form-data; name="$1"'),
    'latin1',
  );

const read = (text: string) => dataOf(bytes(text), TYPE);

function refusal(text: string): unknown {
  try {
    return read(text);
  } catch (error) {
    return error instanceof WebhookError ? `${error.code}: ${inEnglish(error.options.reason)}` : error;
  }
}

const TWO = '--XX¶P(a)¶¶1¶--XX¶P(b)¶¶2¶--XX--¶';
const NOTHING_BEFORE = /^BODY_MALFORMED: The multipart body is malformed: .* before its first delimiter/;
const NOTHING_BEHIND = /^BODY_MALFORMED: The multipart body is malformed: .* behind its closing delimiter/;
const NO_DELIMITER = /^BODY_MALFORMED: .* it has no delimiter with the boundary of its content type\.$/;
const WITHIN_LINE = /^BODY_MALFORMED: Part 1 of the multipart body holds the boundary within a line/;
const BEGINS_SO = /^BODY_MALFORMED: Part 1 of the multipart body has a line that begins with the boundary.*: --XX/;

it.each<[string, string, RegExp]>([
  ['CR alone at the ends of lines', TWO.replaceAll('¶', '\r'), NO_DELIMITER],
  ['CR alone, and a file', '--XX\rP(a); filename="x.txt"\r\rF\r--XX--\r', NO_DELIMITER],
  ['two CRs at the ends of lines', TWO.replaceAll('¶', '\r\r\n'), NOTHING_BEFORE],
  ['no first delimiter', TWO.slice(5), NOTHING_BEFORE],
  ['a first delimiter without dashes', TWO.slice(2), NOTHING_BEFORE],
  ['a first delimiter with one dash', TWO.slice(1), NOTHING_BEFORE],
  ['a first delimiter with something behind it', TWO.replace('--XX', '--XX;'), NOTHING_BEFORE],
  ['a first delimiter behind something', `zz${TWO.replace('P(a)', 'X-Foo: 1¶P(a)')}`, NOTHING_BEFORE],
  ['a first delimiter behind something, and a part', `zz${TWO}`, NOTHING_BEFORE],
  ['content without headers in front', `1¶${TWO}`, NOTHING_BEFORE],
  ['a remark with a header in it', `This is MIME.¶X-Y: z¶${TWO}`, NOTHING_BEFORE],
  ['a remark with a part of another body in it', `This is MIME.¶--YY¶¶1¶${TWO}`, NOTHING_BEFORE],
  ['a remark that is far too long', `This is MIME. ${'x'.repeat(1_000)}¶${TWO}`, NOTHING_BEFORE],
  ['nothing but an end', 'P(a)¶¶1¶--XX--¶', NOTHING_BEFORE],
  ['a part behind the end', `${TWO}P(c)¶¶3`, NOTHING_BEHIND],
  ['content behind the end', `${TWO}3`, NOTHING_BEHIND],
  ['another body behind the end', `${TWO}--YY¶P(c)¶¶3¶--YY--`, NOTHING_BEHIND],
  ['the end twice', `${TWO}--XX--¶`, NOTHING_BEHIND],
  ['the end in place of a delimiter', TWO.replace('1¶--XX', '1¶--XX--'), NOTHING_BEHIND],
  ['more dashes than are declared', TWO.replaceAll('--XX', '----XX'), NO_DELIMITER],
  ['more dashes than are declared, but for the first', TWO.replaceAll('¶--XX', '¶----XX'), WITHIN_LINE],
  ['more dashes at the end', '--XX¶P(a)¶¶1¶----XX--¶', WITHIN_LINE],
  ['a semicolon behind a delimiter', TWO.replace('1¶--XX', '1¶--XX;'), BEGINS_SO],
  ['a NUL behind a delimiter', TWO.replace('1¶--XX', '1¶--XX\0'), BEGINS_SO],
  ['half an end for a delimiter', TWO.replace('1¶--XX', '1¶--XX-'), BEGINS_SO],
  ['a text behind an end', '--XX¶P(a)¶¶1¶--XX--text¶', BEGINS_SO],
  ['a CR behind a delimiter', TWO.replace('1¶--XX¶', '1¶--XX\r'), BEGINS_SO],
  ['no line break before a part without headers', '--XX¶P(a)¶¶1--XX¶¶2¶--XX--', WITHIN_LINE],
  ['no line break before another header', '--XX¶P(a)¶¶1--XX¶X-A: 1¶P(b)¶¶2¶--XX--', WITHIN_LINE],
  ['no line break before some of them', '--XX¶P(a)¶¶see --XX¶Content-Type: text/plain¶¶more¶--XX--', WITHIN_LINE],
  ['no line break before the first of them', '--XX¶P(a)¶¶1--XX¶P(b)¶¶2¶--XX¶P(c)¶¶3--XX--', WITHIN_LINE],
  [
    'no line break before some of them, where a length says another end',
    '--XX¶P(a)¶Content-Length: 9¶¶1--XX¶P(b)¶¶2¶--XX--',
    WITHIN_LINE,
  ],
  ['a CR alone before a delimiter', '--XX¶P(a)¶¶1\r--XX¶P(b)¶¶2\r--XX--', WITHIN_LINE],
])('refuses %s', (_what, body, reason) => {
  expect(refusal(body)).toMatch(reason);
});

it.each<[string, string, unknown]>([
  ['a byte order mark', `\xef\xbb\xbf${TWO}`, { a: '1', b: '2' }],
  ['lines and dashes around', `¶ ¶-----¶${TWO}¶¶----¶`, { a: '1', b: '2' }],
  [
    'remarks around',
    `This is a multi-part message in MIME format.¶¶${TWO}This is the epilogue.  It is also to be ignored.¶`,
    { a: '1', b: '2' },
  ],
  ['no line break before any delimiter', '--XX¶P(a)¶¶1--XX¶P(b)¶¶2--XX--', { a: '1', b: '2' }],
  ['no line break before the end', '--XX¶P(a)¶¶1¶--XX¶P(b)¶¶2--XX--', { a: '1', b: '2' }],
  [
    'no line break before a delimiter where a length says so',
    '--XX¶P(a)¶¶1¶--XX¶P(b)¶Content-Length: 1¶X: 1¶¶2--XX¶P(c)¶¶3¶--XX--',
    { a: '1', b: '2', c: '3' },
  ],
  ['the boundary in a text', '--XX¶P(a)¶¶see --XX for more¶--XX--', { a: 'see --XX for more' }],
  ['the boundary at the end of a line', '--XX¶P(a)¶¶see --XX¶for more¶--XX--', { a: 'see --XX\r\nfor more' }],
  ['an end at the end of a text', '--XX¶P(a)¶¶see --XX--¶--XX--', { a: 'see --XX--' }],
  ['a longer boundary', '--XX¶P(a)¶¶--XX1¶--XX--', { a: '--XX1' }],
])('reads %s', (_what, body, data) => {
  expect(read(body)).toEqual(data);
});

it('looks through hostile bodies in little time', () => {
  const spent = leastCpuMs(() => {
    for (const body of [
      `--XX¶P(a)¶¶${'see --XX¶more '.repeat(70_000)}`,
      `--XX¶P(a)¶¶${'x--XX--  '.repeat(110_000)}`,
      `${'-'.repeat(1_000_000)}¶${TWO}`,
      `${TWO}${' '.repeat(1_000_000)}x`,
      `This is MIME. ${'¶X '.repeat(300_000)}¶${TWO}`,
      `--XX¶P(a)¶¶${`1--XX¶${'content-length: 1\n'.repeat(220)}P(b)¶¶`.repeat(240)}¶--XX--`,
      `--XX¶P(a)¶¶${'1--XX¶P(b)¶¶'.repeat(2_000)}${' '.repeat(900_000)}`,
    ]) {
      refusal(body);
    }
  });
  expect(spent).toBeLessThan(600);
});
