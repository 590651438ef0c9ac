import iconv from 'iconv-lite';
import { WebhookError } from '../../../../src/common/errors';
import { parseBody } from '../../../../src/server/parsers';
import { cpuClock } from '../../../support/cpuTime';
import { RULES } from './support';

const TYPE = 'multipart/form-data; boundary=XX';
const A = 'Content-Disposition: form-data; name="a"';
const LAST = 'Content-Disposition: form-data; name="last"\r\n\r\nz';

/** What is read of parts, each its headers, a blank line and its content. */
function read(parts: (string | Buffer)[], type = TYPE) {
  const body = Buffer.concat([
    ...parts.flatMap((part) => [Buffer.from('--XX\r\n'), Buffer.from(part as string), Buffer.from('\r\n')]),
    Buffer.from('--XX--\r\n'),
  ]);
  const { data, uploads } = parseBody(body, type, RULES);
  return { data, uploads };
}

const raw = (text: string, type = TYPE) => {
  const { data, uploads } = parseBody(Buffer.from(text, 'latin1'), type, RULES);
  return { data, uploads };
};

describe('a field, whatever its headers look like', () => {
  it.each<[string, string, string]>([
    ['a semicolon at the end', 'form-data; name="a";', 'a'],
    ['semicolons and blanks at the end', 'form-data; name="a" ; ; ', 'a'],
    ['no quotes', 'form-data; name=a', 'a'],
    ['no quotes, and brackets', 'form-data; name=a', 'a'],
    ['blanks around the equals sign', 'form-data; name = "a"', 'a'],
    ['blanks and no quotes', 'form-data;name =  a ', 'a'],
    ['single quotes', "form-data; name='a'", 'a'],
    ['a space in an unquoted name', 'form-data; name=first name', 'first name'],
    ['a name in upper case', 'FORM-DATA; NAME="a"', 'a'],
    ['the extended form', "form-data; name*=UTF-8''pr%C3%A9nom", 'prénom'],
    ['the extended form in Latin-1', "form-data; name*=ISO-8859-1'fr'pr%E9nom", 'prénom'],
    ['the extended form beside the plain one', 'form-data; name="x"; name*=utf-8\'\'a', 'a'],
    ['an encoded word', 'form-data; name="=?utf-8?B?cHLDqW5vbQ==?="', 'prénom'],
    ['encoded words that split a character', 'form-data; name="=?utf-8?B?5rWL6K+?= =?utf-8?B?lQ==?="', '测试'],
    ['encoded words in two charsets', 'form-data; name="=?utf-8?Q?a=C3=A9?= =?iso-8859-1?Q?=E9b?="', 'aééb'],
    ['encoded words apart', 'form-data; name="=?utf-8?Q?a?= x =?utf-8?Q?b?= =?none?Q?c?="', 'a x b =?none?Q?c?='],
    ['an encoded word in Q', 'form-data; name="=?iso-8859-1?Q?pr=E9nom_2?="', 'prénom 2'],
    ['what browsers escape', 'form-data; name="a%22b%0D%0Ac%5B"', 'a"b\r\nc%5B'],
    ['escaped quotes', 'form-data; name="a\\"b\\\\c"', 'a"b\\c'],
    ['quotes in quotes', 'form-data; name="a"b"c"', 'a"b"c'],
    ['an equals sign and a semicolon in quotes', 'form-data; name="a;b=c"', 'a;b=c'],
    ['no semicolon', 'form-data name="a"', 'a'],
    ['commas', 'form-data, name="a"', 'a'],
    ['commas and another parameter', 'form-data, name=a, foo=b', 'a, foo=b'],
    ['the extended form of what looks like escapes', "form-data; name*=UTF-8''a%2522", 'a%22'],
    [
      'the extended form of what looks like an encoded word',
      "form-data; name*=UTF-8''%3D%3FUTF-8%3FB%3FYQ%3D%3D%3F%3D",
      '=?UTF-8?B?YQ==?=',
    ],
    ['many pieces', `form-data; ${Array.from({ length: 80 }, (_x, i) => `name*${i}=a`).join('; ')}`, 'a'.repeat(80)],
    ['a name twice, the same', 'form-data; name="a"; name="a"', 'a'],
    ['an unknown flag', 'form-data; foo; name="a"', 'a'],
    ['another disposition', 'inline; name="a"', 'a'],
    ['no disposition type', 'name="a"', 'a'],
    ['pieces of a long name', 'form-data; name*0="a"; name*1="b"', 'ab'],
    ['encoded pieces', "form-data; name*0*=utf-8''pr%C3; name*1*=%A9; name*2=nom", 'prénom'],
    ['raw UTF-8', `form-data; name="${Buffer.from('订单').toString('latin1')}"`, '订单'],
  ])('%s', (_what, disposition, name) => {
    const part = Buffer.from(`Content-Disposition: ${disposition}\r\n\r\n1`, 'latin1');
    expect(read([part, LAST])).toEqual({ data: { [name]: '1', last: 'z' }, uploads: [] });
  });

  it.each<[string, string, unknown]>([
    ['a list', 'Content-Disposition: form-data; name=a[]\r\n\r\n1', ['1']],
    ['a nested name', 'Content-Disposition: form-data; name=a[1523]\r\n\r\n1', { 1523: '1' }],
    ['a folded header', 'Content-Disposition: form-data;\r\n\tname="a"\r\n\r\n1', '1'],
    ['header names in lower case', 'content-disposition:form-data;name=a\r\n\r\n1', '1'],
    ['blanks before the colon', 'Content-Disposition : form-data; name=a\r\n\r\n1', '1'],
    ['other headers too', 'X-Y: z\r\nContent-ID: <1>\r\nContent-Disposition: form-data; name=a\r\n\r\n1', '1'],
    ['a length', 'Content-Disposition: form-data; name=a\r\nContent-Length: 1\r\n\r\n1', '1'],
    [
      'a type, as .NET and Java say',
      'Content-Type: text/plain; charset=utf-8\r\nContent-Disposition: form-data; name=a\r\n\r\n\xc3\xa9',
      'é',
    ],
    ['JSON', 'Content-Disposition: form-data; name=a\r\nContent-Type: application/json\r\n\r\n{"b":1}', '{"b":1}'],
    ['a type that is none', 'Content-Disposition: form-data; name=a\r\nContent-Type: text\r\n\r\n1', '1'],
    ['an empty type', 'Content-Disposition: form-data; name=a\r\nContent-Type:\r\n\r\n1', '1'],
    [
      'its own charset',
      'Content-Disposition: form-data; name=a\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\n\xe9',
      'é',
    ],
    [
      'an unknown charset over plain text',
      'Content-Disposition: form-data; name=a\r\nContent-Type: text/plain; charset=klingon\r\n\r\n1',
      '1',
    ],
    [
      'quoted-printable',
      'Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=C3=A9=\r\n=3D',
      'é=',
    ],
    [
      'base64',
      'Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\nw6kK\r\nMQ==',
      'é\n1',
    ],
    [
      'base64 that is none',
      'Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n100 %',
      '100 %',
    ],
    ['half a byte in base64', `${A}\r\nContent-Transfer-Encoding: base64\r\n\r\nhello`, 'hello'],
    ['base64 with a semicolon', `${A}\r\nContent-Transfer-Encoding: base64;\r\n\r\nw6k=`, 'é'],
    ['base64 with a comment', `${A}\r\nContent-Transfer-Encoding: BASE64 (RFC 2045)\r\n\r\nw6k=`, 'é'],
    ['a header twice, the same', `${A}\r\n${A}\r\n\r\n1`, '1'],
    [
      'an encoding that changes nothing',
      'Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: 8bit\r\n\r\n1=2',
      '1=2',
    ],
    ['nothing, and no line for it', 'Content-Disposition: form-data; name=a\r\n', ''],
    ['nothing, not even a blank line', 'Content-Disposition: form-data; name=a', ''],
    ['line breaks', 'Content-Disposition: form-data; name=a\r\n\r\n\r\n1\r\n\r\n', '\r\n1\r\n\r\n'],
    [
      'what looks like an end',
      'Content-Disposition: form-data; name=a\r\n\r\n--X\r\n--XXY\r\n --XX\r\n-',
      '--X\r\n--XXY\r\n --XX\r\n-',
    ],
  ])('%s', (_what, part, value) => {
    expect(read([Buffer.from(part, 'latin1'), LAST]).data).toEqual({ a: value, last: 'z' });
  });

  it('without a name, and without headers', () => {
    expect(read(['Content-Disposition: form-data\r\n\r\n1', LAST]).data).toEqual({ '': '1', last: 'z' });
    expect(read(['X-Y: z\r\n\r\n1', LAST]).data).toEqual({ '': '1', last: 'z' });
    expect(read(['\r\n1', LAST]).data).toEqual({ '': '1', last: 'z' });
    expect(read(['', LAST]).data).toEqual({ last: 'z' });
  });

  it('a name in the charset of the form', () => {
    const part = iconv.encode('Content-Disposition: form-data; name="订单"\r\n\r\n你好', 'gbk');
    const charset = 'Content-Disposition: form-data; name="_charset_"\r\n\r\ngbk';
    expect(read([part, charset]).data).toEqual({ 订单: '你好', _charset_: 'gbk' });
    expect(read([part], `${TYPE}; charset=gbk`).data).toEqual({ 订单: '你好' });
  });

  it('in the charsets that SendGrid tells', () => {
    const charsets = '{"to":"UTF-8","subject":"UTF-8","text":"iso-8859-1","html":"windows-1252"}';
    const field = (name: string, value: Buffer) =>
      Buffer.concat([Buffer.from(`Content-Disposition: form-data; name="${name}"\r\n\r\n`), value]);
    expect(
      read([
        field('text', Buffer.from([0xe9])),
        field('html', Buffer.from([0x80])),
        field('subject', Buffer.from('é')),
        field('charsets', Buffer.from(charsets)),
      ]).data,
    ).toEqual({ text: 'é', html: '€', subject: 'é', charsets });
  });
});

describe('a file, whatever its headers look like', () => {
  const file = (headers: string, content: string | Buffer = 'x') =>
    Buffer.concat([Buffer.from(`${headers}\r\n\r\n`, 'latin1'), Buffer.from(content as string)]);

  it.each<[string, string, { field: string; filename: string; contentType: string }]>([
    [
      'quotes in its name',
      'Content-Disposition: form-data; name="f"; filename="a "b".txt"',
      { field: 'f', filename: 'a -b-.txt', contentType: 'application/octet-stream' },
    ],
    [
      'a semicolon and quotes in its name',
      'Content-Disposition: form-data; name="f"; filename="a"; b".txt"',
      { field: 'f', filename: 'a-; b-.txt', contentType: 'application/octet-stream' },
    ],
    [
      'commas for semicolons',
      'Content-Disposition: form-data, name=f, filename=b.txt',
      { field: 'f', filename: 'b.txt', contentType: 'application/octet-stream' },
    ],
    [
      'blanks for semicolons',
      'Content-Disposition: form-data name=f filename=my b.txt',
      { field: 'f', filename: 'my b.txt', contentType: 'application/octet-stream' },
    ],
    [
      'what looks like escapes in the extended form',
      "Content-Disposition: form-data; name=f; filename*=UTF-8''a%2522.txt",
      { field: 'f', filename: 'a%22.txt', contentType: 'application/octet-stream' },
    ],
    [
      'a quote that is missing',
      'Content-Disposition: form-data; name="f"; filename="a.txt',
      { field: 'f', filename: 'a.txt', contentType: 'application/octet-stream' },
    ],
    [
      'a folder with a backslash at its end',
      'Content-Disposition: form-data; filename="C:\\dir\\a.txt"; name="f"',
      { field: 'f', filename: 'a.txt', contentType: 'application/octet-stream' },
    ],
    [
      'no quotes',
      'Content-Disposition: form-data; name=f; filename=my file.jpg\r\nContent-Type: image/jpeg',
      { field: 'f', filename: 'my file.jpg', contentType: 'image/jpeg' },
    ],
    [
      'both forms of a name',
      'Content-Disposition: form-data; name=f; filename="=?utf-8?B?w6kudHh0?="; filename*=utf-8\'\'%C3%A9.txt',
      { field: 'f', filename: 'é.txt', contentType: 'application/octet-stream' },
    ],
    [
      'an encoded word',
      'Content-Disposition: form-data; name=f; filename="=?utf-8?B?w6kudHh0?="',
      { field: 'f', filename: 'é.txt', contentType: 'application/octet-stream' },
    ],
    [
      'encoded words',
      'Content-Disposition: form-data; name=f; filename="=?utf-8?Q?a_?= =?utf-8?Q?b.txt?="',
      { field: 'f', filename: 'a b.txt', contentType: 'application/octet-stream' },
    ],
    [
      'a mail’s attachment',
      'Content-Type: image/png; name="a.png"\r\nContent-Disposition: attachment',
      { field: '', filename: 'a.png', contentType: 'image/png' },
    ],
    [
      'a camera’s picture',
      'Content-Type: image/jpeg\r\nContent-Length: 1',
      { field: '', filename: 'file', contentType: 'image/jpeg' },
    ],
    [
      'a picture without a name',
      'Content-Disposition: form-data; name="f"\r\nContent-Type: IMAGE/JPEG',
      { field: 'f', filename: 'file', contentType: 'image/jpeg' },
    ],
    [
      'bytes without a name',
      'Content-Disposition: form-data; name="f"\r\nContent-Type: application/octet-stream',
      { field: 'f', filename: 'file', contentType: 'application/octet-stream' },
    ],
    [
      'an old form’s files',
      'Content-Disposition: file; filename="a.txt"',
      { field: '', filename: 'a.txt', contentType: 'application/octet-stream' },
    ],
    [
      'an empty name',
      'Content-Disposition: form-data; name="f"; filename=""',
      { field: 'f', filename: 'file', contentType: 'application/octet-stream' },
    ],
  ])('%s', (_what, headers, described) => {
    expect(read([file(headers), LAST])).toEqual({
      data: { last: 'z' },
      uploads: [{ ...described, content: Buffer.from('x') }],
    });
  });

  it('bytes in base64, as mail gateways send them', () => {
    const headers =
      'Content-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=a.png';
    expect(read([file(headers, 'iVBO\r\nRw==')]).uploads).toMatchObject([
      { content: Buffer.from([0x89, 0x50, 0x4e, 0x47]) },
    ]);
  });

  it('bytes of a type that may be either', () => {
    const headers = 'Content-Disposition: form-data; name="f"\r\nContent-Type: application/x-protobuf';
    expect(read([file(headers, Buffer.from([0xff]))]).uploads).toHaveLength(1);
    expect(read([file(headers, 'text')]).data).toEqual({ f: 'text' });
  });
});

describe('a body, whatever its delimiters look like', () => {
  const A = 'Content-Disposition: form-data; name="a"';
  const both = { a: '1', b: '2' };
  const B = 'Content-Disposition: form-data; name="b"';

  it.each<[string, string]>([
    ['line feeds only', `--XX\n${A}\n\n1\n--XX\n${B}\n\n2\n--XX--\n`],
    ['no line break at the end', `--XX\r\n${A}\r\n\r\n1\r\n--XX\r\n${B}\r\n\r\n2\r\n--XX--`],
    ['a line break before the first', `\r\n--XX\r\n${A}\r\n\r\n1\r\n--XX\r\n${B}\r\n\r\n2\r\n--XX--\r\n`],
    [
      'text before and behind',
      `This is a multi-part message in MIME format.\r\n\r\n--XX\r\n${A}\r\n\r\n1\r\n--XX\r\n${B}\r\n\r\n2\r\n--XX--\r\nThis is the epilogue.\r\n`,
    ],
    ['blanks behind', `--XX  \r\n${A}\r\n\r\n1\r\n--XX\t\r\n${B}\r\n\r\n2\r\n--XX-- \r\n`],
    ['mixed line breaks', `--XX\r\n${A}\r\n\r\n1\n--XX\n${B}\n\n2\r\n--XX--`],
    ['none before them, as some cameras send', `--XX\r\n${A}\r\n\r\n1--XX\r\n${B}\r\n\r\n2--XX--\r\n`],
    ['one more of them at the end', `--XX\r\n${A}\r\n\r\n1\r\n--XX\r\n${B}\r\n\r\n2\r\n--XX\r\n`],
    ['a NUL at the end', `--XX\r\n${A}\r\n\r\n1\r\n--XX\r\n${B}\r\n\r\n2\r\n--XX--\0`],
  ])('%s', (_what, body) => {
    expect(raw(body)).toEqual({ data: both, uploads: [] });
  });

  it('nothing but an end', () => {
    expect(raw('--XX--\r\n')).toEqual({ data: {}, uploads: [] });
  });

  it('a boundary of odd characters', () => {
    const boundary = "a b'()+_,-./:=?";
    const body = `--${boundary}\r\n${A}\r\n\r\n1\r\n--${boundary}--`;
    expect(raw(body, `multipart/form-data; boundary="${boundary}"`).data).toEqual({ a: '1' });
  });
});

describe('what can’t be read is refused as a whole, and says where', () => {
  const ok = 'Content-Disposition: form-data; name="a"\r\n\r\n1';
  it.each<[string, (string | Buffer)[], string]>([
    [
      'a line that is no header',
      [ok, 'hello\r\n\r\n1'],
      'part 2 of the multipart body has a line among its headers that is none: "hello"',
    ],
    [
      'a header that is no header',
      [ok, ok, 'Content-Disposition: form-data; ="a"\r\n\r\n1'],
      'part 3 of the multipart body has a header that can\'t be read: "Content-Disposition: form-data; =\\"a\\""',
    ],
    [
      'a content that no empty line parts from the headers',
      [ok, `${A}\r\nhttp://x/y`],
      'part 2 of the multipart body has a line among its headers that is none: "http://x/y"',
    ],
    [
      'a URL among the headers',
      [`${A}\r\nhttp://x/y\r\n\r\nz`],
      'part 1 of the multipart body has a line among its headers that is none: "http://x/y"',
    ],
    [
      'a text that could be a header',
      [`${A}\r\nNote: call me`],
      'part 1 of the multipart body has no empty line behind its headers: "Note: call me"',
    ],
    [
      'an empty line before the headers',
      [ok, `\r\n${A}\r\n\r\n1`],
      'part 2 of the multipart body has an empty line before its headers',
    ],
    [
      'two dispositions',
      [`${A}\r\nContent-Disposition: form-data; name="b"\r\n\r\n1`],
      'part 1 of the multipart body has a header twice that can be there once: "Content-Disposition: form-data; name=\\"b\\""',
    ],
    [
      'two names',
      [`${A}; name="b"\r\n\r\n1`],
      'part 1 of the multipart body has a header that can\'t be read: "Content-Disposition: form-data; name=\\"a\\"; name=\\"b\\""',
    ],
    [
      'a charset that is not known',
      [Buffer.concat([Buffer.from('Content-Type: text/plain; charset=klingon\r\n\r\n'), Buffer.from([0xe9])])],
      'part 1 of the multipart body is in a charset that is not known: "Content-Type: …; charset=klingon"',
    ],
    [
      'a charset that is none',
      ['Content-Type: text/plain; charset=utf-7\r\n\r\n+AD4-'],
      'part 1 of the multipart body is in a charset that is not known: "Content-Type: …; charset=utf-7"',
    ],
  ])('%s', (_what, parts, reason) => {
    const refused = (() => {
      try {
        return read(parts);
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toBeInstanceOf(WebhookError);
    expect(refused).toMatchObject({ code: 'BODY_MALFORMED', options: { reason } });
  });

  it.each<[string, string]>([
    ['parts behind the end', `--XX\r\n${LAST}\r\n--XX--\r\n--XX\r\n${LAST}\r\n--XX--\r\n`],
    ['no end', `--XX\r\n${LAST}\r\n`],
    ['an end within a part', `--XX\r\n${LAST}\r\n--XX\r\nContent-Disposition: form-data; name="b"\r\n\r\n2`],
  ])('%s', (_what, body) => {
    expect(() => raw(body)).toThrow(WebhookError);
  });
});

it('takes hostile bodies apart in little time', () => {
  const spent = cpuClock();
  for (const [text, boundary] of [
    ['-'.repeat(1_000_000), '-'],
    ['\n--X'.repeat(250_000), 'X'],
    ['--X-- '.repeat(160_000), 'X'],
    ['--X\r\n'.repeat(200_000), 'X'],
    [`--X\r\nContent-Disposition: form-data; ${'";'.repeat(8_000)}\r\n\r\n\r\n`.repeat(60), 'X'],
    [`--X\r\nContent-Disposition: form-data; name="${'";a '.repeat(4_000)}\r\n\r\n\r\n`.repeat(60), 'X'],
    [`--X\r\nContent-Disposition: form-data; name="${'=?utf-8?q?'.repeat(1_500)}"\r\n\r\n\r\n`.repeat(60), 'X'],
    [`--X\r\nContent-Disposition: form-data${' '.repeat(16_000)}\r\n\r\n\r\n`.repeat(60), 'X'],
    [`--X\r\nContent-Disposition: form-data; name=${' ,name'.repeat(3_000)}\r\n\r\n\r\n`.repeat(60), 'X'],
    [`--X\r\nContent-Disposition: form-data; name=${'a=;name'.repeat(2_000)}\r\n\r\n\r\n`.repeat(60), 'X'],
    [`--X\r\nContent-Transfer-Encoding: base64\r\n\r\n${' ='.repeat(500_000)}\r\n--X--`, 'X'],
    [`--X\r\nA:b\r\nContent-Disposition: form-data; name=a\r\n\r\n${'['.repeat(1_000_000)}\r\n--X--`, 'X'],
  ] as const) {
    try {
      raw(text, `multipart/form-data; boundary=${boundary}`);
    } catch (error) {
      expect(error).toBeInstanceOf(WebhookError);
    }
  }
  expect(spent()).toBeLessThan(1_500);
});
