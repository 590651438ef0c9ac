import iconv from 'iconv-lite';
import { WebhookError } from '../../../../src/common/errors';
import { cpuClock } from '../../../support/cpuTime';
import { dataOf } from './support';

const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data; boundary=XX';
const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** こん, as mail has it. */
const ISO_2022_JP = '\x1b$B$3$s\x1b(B';
const SHIFTING = { 'utf-7': '+AOk-', 'hz-gb-2312': '~{<:Ky~}', 'iso-2022-kr': '\x1b$)C\x0e1Y\x0f' };

/** A multipart body of fields; more headers of one stand behind its name. */
const parts = (...fields: [name: string, value: string, ...headers: string[]][]) =>
  latin1(
    fields
      .map(
        ([name, value, ...headers]) =>
          `--XX\r\n${[`Content-Disposition: form-data; name="${name}"`, ...headers, '', value].join('\r\n')}\r\n`,
      )
      .join('') + '--XX--',
  );

function refusal(body: Buffer, type: string): unknown {
  try {
    return dataOf(body, type);
  } catch (error) {
    return error instanceof WebhookError ? `${error.code}: ${error.options.reason}` : error;
  }
}

describe('a charset that only the web knows is read', () => {
  it.each<[string, string, string]>([
    ['iso-2022-jp', ISO_2022_JP, 'こん'],
    ['csISO2022JP', ISO_2022_JP, 'こん'],
    ['x-euc-jp', '\xa4\xb3\xa4\xf3', 'こん'],
    ['x-cp1250', '\x8a', 'Š'],
    ['x-cp1251', '\xe9', 'й'],
    ['x-cp1252', '\x80', '€'],
    ['dos-874', '\xa1', 'ก'],
    ['x-mac-roman', '\x8e', 'é'],
    ['x-mac-cyrillic', '\x80', 'А'],
    ['iso-8859-8-i', '\xe0', 'א'],
    ['logical', '\xe0', 'א'],
    ['iso-8859-6-i', '\xc7', 'ا'],
    ['koi', '\xc1', 'а'],
    ['koi8', '\xc1', 'а'],
  ])('%s, wherever it is named', (charset, sent, text) => {
    expect(dataOf(latin1(sent), `text/plain; charset=${charset}`)).toBe(text);
    const escaped = [...latin1(sent)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
    expect(dataOf(`n=${escaped}&charset=${charset}`, FORM)).toEqual({ n: text, charset });
    expect(dataOf(`n=${escaped}&_charset_=${charset}`, FORM)).toEqual({ n: text, _charset_: charset });
    expect(dataOf(`n=${escaped}`, `${FORM}; charset=${charset}`)).toEqual({ n: text });
    const own = parts(['n', sent, `Content-Type: text/plain; charset="${charset}"`]);
    expect(dataOf(own, MULTIPART)).toEqual({ n: text });
    expect(dataOf(parts(['n', sent]), `${MULTIPART}; charset=${charset}`)).toEqual({ n: text });
    expect(dataOf(parts(['n', sent], ['_charset_', charset]), MULTIPART)).toMatchObject({ n: text });
    const charsets = JSON.stringify({ subject: 'UTF-8', n: charset });
    expect(dataOf(parts(['n', sent], ['charsets', charsets]), MULTIPART)).toEqual({ n: text, charsets });
  });

  it.each(['unicode', 'csUnicode', 'ISO-10646-UCS-2'])('%s is UTF-16', (charset) => {
    expect(dataOf(Buffer.from('é', 'utf16le'), `text/plain; charset=${charset}`)).toBe('é');
    expect(dataOf(iconv.encode('é', 'utf-16be', { addBOM: true }), `text/plain; charset=${charset}`)).toBe('é');
  });

  it('in names, and beside what is UTF-8', () => {
    const name = parts([ISO_2022_JP, '\xc3\xa9', 'X-Y: z'], ['_charset_', 'iso-2022-jp']);
    expect(dataOf(name, MULTIPART)).toMatchObject({ こん: 'é' });
    const word = parts(['=?iso-2022-jp?B?GyRCJDMkcxsoQg==?=', '1']);
    expect(dataOf(word, MULTIPART)).toEqual({ こん: '1' });
  });

  it('in a form that isn’t percent-encoded, where & and = may be halves of characters', () => {
    // 「Δ」 is 0x26 0x24, 「Ε」 is 0x26 0x25.
    const body = latin1('a=\x1b$B&$&%\x1b(B&b=1');
    expect(dataOf(body, `${FORM}; charset=iso-2022-jp`)).toEqual({ a: 'ΔΕ', b: '1' });
    expect(dataOf(Buffer.concat([body, latin1('&charset=iso-2022-jp')]), FORM)).toMatchObject({ a: 'ΔΕ', b: '1' });
  });
});

describe('an unknown charset is refused where the text may be in it', () => {
  const FIELD = /^BODY_MALFORMED: the form's field charset names an unknown charset: /;
  const PART = /^BODY_MALFORMED: part 1 of the multipart body is in a charset that is not known: /;
  const cases = Object.entries({ klingon: '\xe9', ...SHIFTING });

  it.each(cases)('%s', (charset, sent) => {
    const escaped = encodeURIComponent(sent).replace('%C3%A9', '%E9');
    expect(refusal(latin1(`n=${escaped}&charset=${charset}`), FORM)).toMatch(FIELD);
    expect(refusal(latin1(`_charset_=${charset}&n=${escaped}`), FORM)).toMatch(/field _charset_ names an unknown/);
    expect(refusal(latin1(`n=${escaped}`), `${FORM}; charset=${charset}`)).toMatch(/^TYPE_NOT_SUPPORTED/);
    const own = parts(['n', sent, `Content-Type: text/plain; charset=${charset}`]);
    expect(refusal(own, MULTIPART)).toMatch(new RegExp(`${PART.source}"Content-Type: …; charset=${charset}"`));
    const declared = `${MULTIPART}; charset=${charset}`;
    expect(refusal(parts(['n', sent]), declared)).toMatch(new RegExp(`${PART.source}"Content-Type: .*${charset}"`));
    expect(refusal(parts(['n', sent], ['_charset_', charset]), MULTIPART)).toMatch(
      new RegExp(`${PART.source}"_charset_: ${charset}"`),
    );
    expect(refusal(parts(['n', sent], ['charsets', JSON.stringify({ n: charset })]), MULTIPART)).toMatch(
      new RegExp(`${PART.source}"charsets: .*${charset}"`),
    );
  });

  it.each(['klingon', ...Object.keys(SHIFTING)])('%s over plain text is taken', (charset) => {
    expect(dataOf(`n=abc&charset=${charset}`, FORM)).toEqual({ n: 'abc', charset });
    expect(dataOf(parts(['n', 'abc'], ['_charset_', charset]), MULTIPART)).toMatchObject({ n: 'abc' });
    expect(dataOf(parts(['n', 'abc'], ['charsets', `{"n":"${charset}"}`]), MULTIPART)).toMatchObject({ n: 'abc' });
    expect(dataOf(parts(['n', 'abc']), `${MULTIPART}; charset=${charset}`)).toEqual({ n: 'abc' });
  });

  it('of a name too', () => {
    const extended = latin1("--XX\r\nContent-Disposition: form-data; name*=klingon''%E9\r\n\r\n1\r\n--XX--");
    expect(refusal(extended, MULTIPART)).toMatch(PART);
    const file = latin1(
      "--XX\r\nContent-Disposition: form-data; name=f; filename*=klingon''%E9.txt\r\n\r\n1\r\n--XX--",
    );
    expect(refusal(file, MULTIPART)).toMatch(PART);
    expect(refusal(parts(['\xe9', '1'], ['_charset_', 'klingon']), MULTIPART)).toMatch(PART);
  });

  it('and so is what tells two, or more than are read', () => {
    const twice = parts(['n', 'a'], ['charsets', '{"n":"gbk"}'], ['charsets', '{"n":"big5"}']);
    expect(refusal(twice, MULTIPART)).toMatch(/^BODY_MALFORMED: part 3 .* tells the charsets once more/);
    expect(dataOf(parts(['charsets', '{}'], ['charsets', '{}']), MULTIPART)).toEqual({ charsets: ['{}', '{}'] });
    const long = JSON.stringify({ n: 'gbk', more: 'x'.repeat(100_000) });
    expect(refusal(parts(['n', '\xc4\xe3'], ['charsets', long]), MULTIPART)).toMatch(
      /^BODY_MALFORMED: part 2 .* tells more charsets/,
    );
    const longer = JSON.stringify({ n: 'gbk', more: 'x'.repeat(50_000) });
    expect(dataOf(parts(['n', '\xc4\xe3'], ['charsets', longer]), MULTIPART)).toMatchObject({ n: '你' });
  });
});

it.each(['utf-16', 'utf-16le', 'utf-16be', 'ucs-2', 'unicode'])('half a unit of %s makes no character', (charset) => {
  const text = charset === 'utf-16be' ? '\0A\0' : 'A\0B';
  expect(dataOf(latin1(text), `text/csv; charset=${charset}`)).toBe('A\ufffd');
});

it('reads megabytes in any of them in little time', () => {
  const spent = cpuClock();
  const texts = [ISO_2022_JP.repeat(80_000), '\x1b'.repeat(1_000_000), '\xff'.repeat(1_000_000)];
  for (const text of texts) {
    for (const charset of ['iso-2022-jp', 'x-euc-jp', 'iso-8859-8-i', 'klingon']) {
      refusal(latin1(text), `text/plain; charset=${charset}`);
      refusal(parts(['n', text]), `${MULTIPART}; charset=${charset}`);
    }
    refusal(parts(['n', text], ['charsets', `{"${'["a"'.repeat(2)}`]), MULTIPART);
  }
  expect(spent()).toBeLessThan(1_500);
});
