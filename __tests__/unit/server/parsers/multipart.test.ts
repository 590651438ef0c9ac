import { parseBody } from '../../../../src/server/parsers';
import { cpuClock } from '../../../support/cpuTime';
import { codeOf, RULES } from './support';

const TYPE = 'multipart/form-data; boundary=XX';

/** A multipart body: each part its headers and its content, with or without a closing delimiter. */
function bodyOf(parts: [headers: string, content: string | Buffer][], closed = true): Buffer {
  const chunks = parts.flatMap(([headers, content]) => [
    Buffer.from(`--XX\r\n${headers}\r\n\r\n`),
    Buffer.from(content as string),
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...chunks, Buffer.from(closed ? '--XX--\r\n' : '')]);
}

const field = (name: string, value = '1'): [string, string] => [
  `Content-Disposition: form-data; name="${name}"`,
  value,
];
const file = (filename: string, content: string | Buffer = 'x', type = 'text/plain'): [string, string | Buffer] => [
  `Content-Disposition: form-data; name="f"; filename="${filename}"\r\nContent-Type: ${type}`,
  content,
];
const parse = (body: Buffer, type = TYPE) => {
  const { data, uploads } = parseBody(body, type, RULES);
  return { data, uploads };
};

it('nests fields by their names, and keeps files beside them', () => {
  const bytes = Buffer.from([0, 255, 13, 10, 45, 45]);
  const body = bodyOf([
    field('a[b]', 'é'),
    field('a[c][]', '&=+%'),
    field('a[c][]', '2'),
    file('é.bin', bytes, 'image/png'),
  ]);
  expect(parse(body)).toEqual({
    data: { a: { b: 'é', c: ['&=+%', '2'] } },
    uploads: [{ field: 'f', filename: 'é.bin', contentType: 'image/png', content: bytes }],
  });
});

it('reads what fetch sends', async () => {
  const form = new FormData();
  form.append('note', 'hi');
  form.append('doc', new Blob(['text'], { type: 'text/plain' }), '说明.txt');
  const request = new Request('http://localhost', { method: 'POST', body: form });
  const body = Buffer.from(await request.arrayBuffer());
  const { data, uploads } = parse(body, request.headers.get('content-type') ?? '');
  expect(data).toEqual({ note: 'hi' });
  expect(uploads).toEqual([
    { field: 'doc', filename: '说明.txt', contentType: 'text/plain', content: Buffer.from('text') },
  ]);
});

it.each<[string, string, string]>([
  ['a path', '../../etc/passwd', 'passwd'],
  ['a Windows path', 'C:\\\\temp\\\\a.txt', 'a.txt'],
  ['a hidden name', '.htaccess', 'htaccess'],
  ['only dots', '..', 'file'],
  ['reserved characters', 'a:b*c?.txt', 'a-b-c-.txt'],
  ['a long name', `${'x'.repeat(300)}.txt`, `${'x'.repeat(60)}.txt`],
  ['a long name in another script', `${'说'.repeat(300)}.txt`, `${'说'.repeat(60)}.txt`],
])('makes a harmless file name of %s', (_what, sent, filename) => {
  const { uploads } = parse(bodyOf([file(sent)]));
  expect(uploads).toMatchObject([{ filename }]);
});

it('reads an encoded file name', () => {
  const headers = "Content-Disposition: form-data; name=f; filename*=UTF-8''%e8%af%b4%2F..%2Fa%00.txt";
  expect(parse(bodyOf([[headers, 'x']])).uploads).toMatchObject([{ filename: 'a\ufffd.txt' }]);
});

it('takes a part without a name', () => {
  const body = bodyOf([
    ['Content-Disposition: form-data', '1'],
    ['Content-Disposition: form-data; filename=a', '2'],
    ['X-Y: z', '3'],
  ]);
  expect(parse(body)).toMatchObject({ data: { '': ['1', '3'] }, uploads: [{ field: '', filename: 'a' }] });
});

it('passes over a file input in which nothing was chosen', () => {
  expect(parse(bodyOf([file('', '', 'application/octet-stream')])).uploads).toEqual([]);
});

it('keeps an empty file, and a large one whole', () => {
  const large = Buffer.alloc(3_000_000, 'ab\r\n--X');
  const { uploads } = parse(bodyOf([file('empty.txt', ''), file('large.bin', large)]));
  expect(uploads.map(({ content }) => content.length)).toEqual([0, large.length]);
  expect(uploads[1]?.content.equals(large)).toBe(true);
});

it('takes no name for a way to a prototype', () => {
  const { data } = parse(bodyOf([field('__proto__[polluted]'), field('a[__proto__][polluted]'), field('ok')]));
  expect(data).toHaveProperty('ok');
  expect(data).not.toHaveProperty('polluted');
  expect({}).not.toHaveProperty('polluted');
});

it('replaces what no database stores', () => {
  expect(parse(bodyOf([field('a', 'b\0')])).data).toEqual({ a: 'b\ufffd' });
});

const many = (length: number, part: (index: number) => [string, string | Buffer]) =>
  bodyOf(Array.from({ length }, (_x, i) => part(i)));

it.each<[string, string | Buffer, string?]>([
  ['no boundary', bodyOf([field('a')]), 'multipart/form-data'],
  ['an empty boundary', bodyOf([field('a')]), 'multipart/form-data; boundary=""'],
  ['too long a boundary', bodyOf([field('a')]), `multipart/form-data; boundary=${'x'.repeat(71)}`],
  ['another boundary', bodyOf([field('a')]), 'multipart/form-data; boundary=YY'],
  ['no end', bodyOf([field('a'), field('b')], false)],
  ['a file that breaks off', bodyOf([file('a.txt', 'x'.repeat(1000))], false).subarray(0, 500)],
  ['a header that breaks off', '--XX\r\nContent-Disp'],
  ['text', 'hello'],
  ['a header without a colon', '--XX\r\nhello\r\n\r\nx\r\n--XX--\r\n'],
  ['endless headers', `--XX\r\n${'A: b\r\n'.repeat(100_000)}\r\nx\r\n--XX--\r\n`],
  ['one endless header', `--XX\r\nA: ${'b'.repeat(1_000_000)}\r\n\r\nx\r\n--XX--\r\n`],
  ['too many fields', many(2001, (i) => field(`a${i}`))],
  ['too many parts that are neither', `${'--XX\r\n\r\n\r\n'.repeat(2_200)}--XX--\r\n`],
  ['too many files', many(101, (i) => file(`${i}.txt`))],
  ['too long a name', bodyOf([field('a'.repeat(1001))])],
  [
    'too long a field name of a file',
    bodyOf([[`Content-Disposition: form-data; name="${'a'.repeat(1001)}"; filename=a`, 'x']]),
  ],
  ['too deep a name', bodyOf([field(`a${'[b]'.repeat(11)}`)])],
])('refuses %s', (_what, body, type = TYPE) => {
  const spent = cpuClock();
  expect(codeOf(body, type)).toBe('BODY_MALFORMED');
  expect(spent()).toBeLessThan(1000);
});
