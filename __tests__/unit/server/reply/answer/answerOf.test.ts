import type { ReplyConfig } from '../../../../../src/common/config';
import { answerOf as fill } from '../../../../../src/server/reply/answer/answerOf';
import { UnsendableAnswer } from '../../../../../src/server/reply/answer/UnsendableAnswer';
import type { StoredFile } from '../../../../../src/server/files/FileStore';
import type { Answer } from '../../../../../src/server/pipeline/types';
import type { Scope } from '../../../../../src/server/templates/render';

const FILES = {
  read: ({ filename }: StoredFile) =>
    filename === 'gone.png'
      ? Promise.reject(new UnsendableAnswer('the file "gone.png" is not among NocoBase\'s files'))
      : Promise.resolve({
          bytes: Buffer.from([0, 255, 10]),
          contentType: filename.endsWith('.svg') ? 'image/svg+xml' : 'image/png',
        }),
};

/** What needs no file, and so no wait. */
const answerOf = (reply: ReplyConfig, scope: Scope): Answer => fill(reply, scope, FILES) as Answer;

const SCOPE = { v: `<b a="1">&'</b>`, html: '<i>x</i>', control: 'a\u0000\u0008b\n', n: 3 };

function bodyOf(contentType: string, body: unknown) {
  const reply: ReplyConfig = { status: 200, contentType, headers: [], body };
  return answerOf(reply, SCOPE).body;
}

const ESCAPED = '&lt;b a=&quot;1&quot;&gt;&amp;&#39;&lt;/b&gt;';

it.each([
  'text/html',
  'text/html; charset=utf-8',
  'application/xml',
  'text/xml',
  'application/atom+xml',
  'image/svg+xml',
  'application/xhtml+xml; charset=utf-8',
  'image/a+b+xml',
  'text/a!b+XML',
  'application/json+xml',
  'text/xsl',
  'multipart/x-mixed-replace; boundary=x',
  'TEXT/HTML',
  'text/html ;charset=utf-8',
])('lets no value bring markup of its own into %s', (contentType) => {
  expect(bodyOf(contentType, '<p>{{v}}</p>')).toBe(`<p>${ESCAPED}</p>`);
  expect(bodyOf(contentType, '{{v}}')).toBe(ESCAPED);
  // Whatever form the body has, and however many braces stand around.
  expect(bodyOf(contentType, '{{{{v}}}} {{{{{v}}}}} {{{v}}}}')).toBe(`{{${ESCAPED}}} {{{${ESCAPED}}}} {${ESCAPED}}}`);
  expect(bodyOf(contentType, { '{{v}}': ['{{v}}'] })).not.toMatch(/[<>]/);
  expect(bodyOf(contentType, ['{{{v}}}', '<p>', { v: '{{v}}' }])).not.toMatch(/[<>]/);
});

it.each([
  ['text/plain', '<p>{{v}}</p>', `<p>${SCOPE.v}</p>`],
  ['text/csv', '{{v}}', SCOPE.v],
  ['text/html', '<p>{{{html}}} {{html}}</p>', '<p><i>x</i> &lt;i&gt;x&lt;/i&gt;</p>'],
  ['text/html', '{ {{n}} } {{{{n}}}}', '{ 3 } {{3}}'],
  ['application/xml', '<a>{{control}}</a>', '<a>ab\n</a>'],
  ['application/xml', { a: '{{n}}' }, '{&quot;a&quot;:3}'],
  ['text/html', '{{{html}}}{{{html}}}', '<i>x</i><i>x</i>'],
  ['text/html', 5, '5'],
  ['text/json', { html: '{{html}}' }, '{"html":"<i>x</i>"}'],
  ['application/json', { html: '{{html}}' }, '{"html":"<i>x</i>"}'],
  ['application/problem+json', { n: '{{n}}' }, '{"n":3}'],
])('writes into %s: %j', (contentType, template, body) => {
  expect(bodyOf(contentType, template)).toBe(body);
});

it('redirects, with what is not allowed in a header encoded', () => {
  const reply: ReplyConfig = {
    status: 302,
    contentType: 'text/plain',
    headers: [{ name: 'Location', value: 'https://example.com/{{n}}?q={{v}}é\r\nx: y' }],
    body: null,
  };
  expect(answerOf(reply, SCOPE)).toEqual({
    status: 302,
    headers: { location: `https://example.com/3?q=${SCOPE.v}%C3%A9%0D%0Ax: y` },
    body: '',
  });
});

it.each<[string, unknown]>([
  ['a text', '<p>{{$context.data.text}}</p>'],
  ['several', '{{$context.data.part}}'.repeat(4)],
  ['an object', { x: ['{{$context.data.text}}'] }],
])('%s of a page is bounded by what it is once it is escaped', (_what, body) => {
  const page = { status: 200, contentType: 'text/html', headers: [], body };
  const scope = (unit: string) => ({
    $context: { data: { text: unit.repeat(1_000_000), part: unit.repeat(250_000) } },
  });
  expect(answerOf(page, scope('a')).body.length).toBeGreaterThanOrEqual(1_000_000);
  expect(() => answerOf(page, scope('"'))).toThrow('too large to be filled in');
});

it('puts no more of a value into a header than a client reads', () => {
  const scope = { $context: { data: { text: '\u4e2d'.repeat(100_000) } } };
  const reply = { status: 200, contentType: 'text/plain', headers: [{ name: 'x-a', value: '{{$context.data.text}}' }] };
  const many = Array.from({ length: 90 }, (_x, index) => ({ name: `x-${index}`, value: '{{$context.data.text}}' }));
  const short = { $context: { data: { text: '\u4e2d'.repeat(4_001) } } };
  expect(answerOf({ ...reply, body: '' }, short).headers['x-a']).toBe('%E4%B8%AD'.repeat(4_000));
  expect(() => answerOf({ ...reply, headers: many, body: '' }, scope)).toThrow('too large to be filled in');
});

const BASE: ReplyConfig = { status: 200, contentType: 'application/json', headers: [], body: null };
const data = (value: unknown): Scope => ({ $context: { data: value } });

describe('a status by a variable', () => {
  it.each<[unknown, number]>([
    [201, 201],
    ['404', 404],
    [' 599 ', 599],
    [200, 200],
  ])('%j', (value, status) => {
    expect(answerOf({ ...BASE, status: '{{$context.data}}' }, data(value)).status).toBe(status);
  });

  it('within a text', () => {
    expect(answerOf({ ...BASE, status: '4{{$context.data}}' }, data('09')).status).toBe(409);
  });

  it.each<unknown>([
    'abc',
    1e9,
    199,
    600,
    100,
    -200,
    200.5,
    '2e2',
    '0200',
    '',
    null,
    true,
    [200],
    { a: 1 },
    '200\r\nx: y',
  ])('that is none is not sent: %j', (value) => {
    const answer = () => answerOf({ ...BASE, status: '{{$context.data}}', body: 'x' }, data(value));
    expect(answer).toThrow(UnsendableAnswer);
    expect(answer).toThrow('it is a whole number from 200 to 599');
  });

  it.each([204, 205, 304])('has no body with %d', (status) => {
    const reply = { ...BASE, status: '{{$context.data}}', body: { a: 1 } };
    expect(answerOf(reply, data(status))).toEqual({ status, headers: {}, body: '' });
  });
});

describe('a content type by a variable', () => {
  const typed = (body: unknown, type: unknown) =>
    answerOf({ ...BASE, contentType: '{{$context.data.type}}', body }, data({ type, v: SCOPE.v, n: 3 }));

  it.each<[string, unknown, string, string]>([
    ['text/csv', 'a;{{$context.data.n}}', 'text/csv; charset=utf-8', 'a;3'],
    ['application/json', { n: '{{$context.data.n}}' }, 'application/json; charset=utf-8', '{"n":3}'],
    // What it turns out to be says how values are written.
    ['text/html', '<p>{{$context.data.v}}</p>', 'text/html; charset=utf-8', `<p>${ESCAPED}</p>`],
  ])('%s', (type, body, sent, text) => {
    expect(typed(body, type)).toMatchObject({ headers: { 'content-type': sent }, body: text });
  });

  it.each<unknown>([
    'text',
    '',
    null,
    5,
    'text/plain\r\nset-cookie: a=b',
    'text/plain;\r\n a=b',
    'text/plain\u00a0;a=b',
    'text/plain;a="\u0000"',
    `text/${'a'.repeat(300)}`,
    'text/html; charset=utf-7',
    'text/javascript',
    'application/ecmascript; a=b',
  ])('that can not be sent: %j', (type) => {
    expect(() => typed('{{$context.data.n}}', type)).toThrow(UnsendableAnswer);
  });
});

describe('Set-Cookie', () => {
  const cookies = (...values: string[]) => ({
    ...BASE,
    headers: values.map((value) => ({ name: 'Set-Cookie', value })),
  });
  const sent = (scope: Scope, ...values: string[]) => answerOf(cookies(...values), scope).headers['set-cookie'];

  it('may be there several times', () => {
    expect(sent(data(5), 'a={{$context.data}}; Path=/', 'b=2', 'c=é')).toEqual(['a=5; Path=/', 'b=2', 'c=%C3%A9']);
    expect(sent(data(5), 'a={{$context.data}}')).toBe('a=5');
  });

  it('lets no value bring an attribute or a line of its own', () => {
    const evil = 'x; Domain=evil.example, "y"\\\r\nSet-Cookie: z=1';
    expect(sent(data(evil), 'a={{$context.data}}; HttpOnly')).toBe(
      'a=x%3B%20Domain=evil.example%2C%20%22y%22%5C%0D%0ASet-Cookie:%20z=1; HttpOnly',
    );
  });

  it('takes whole cookies in three braces, but no line of theirs', () => {
    expect(sent(data('a=1; Path=/\r\nx: y'), '{{{$context.data}}}')).toBe('a=1; Path=/%0D%0Ax: y');
    expect(sent(data(['a=1; Path=/', 'b=2', null, '']), '{{{$context.data}}}', 'c=3')).toEqual([
      'a=1; Path=/',
      'b=2',
      'c=3',
    ]);
    expect(sent(data(Array(200).fill('a=1')), '{{{$context.data}}}')).toHaveLength(50);
    expect(sent(data([]), '{{{$context.data}}}')).toBeUndefined();
  });
});

it('sends the last of a header that an answer has once', () => {
  const headers = ['/a', '/b'].map((value) => ({ name: 'Location', value }));
  expect(answerOf({ ...BASE, status: 302, headers }, {}).headers).toEqual({ location: '/b' });
});

it('sends any other header as often as it is set', () => {
  const headers = ['</a>; rel=next', '</b>; rel=prev'].map((value) => ({ name: 'Link', value }));
  expect(answerOf({ ...BASE, headers }, {}).headers).toEqual({ link: ['</a>; rel=next', '</b>; rel=prev'] });
});

describe('bytes', () => {
  const PNG = { base64: 'AP8K', contentType: 'image/png' };
  const bytes = Buffer.from([0, 255, 10]);
  const ANY: ReplyConfig = { ...BASE, contentType: 'application/octet-stream', body: '{{$context.data}}' };

  it.each<[string, Partial<ReplyConfig>, unknown, string]>([
    ['an object that is written', { body: PNG }, null, 'image/png'],
    ['one with variables', { body: { base64: '{{$context.data}}', contentType: 'image/gif' } }, 'AP8K', 'image/gif'],
    ['a value', {}, PNG, 'image/png'],
    ['one whose type is set', { contentType: 'image/webp' }, PNG, 'image/webp'],
    ['a body as it came', {}, { ...PNG, size: 3 }, 'image/png'],
    ['what is typed as text', { contentType: 'application/pdf', body: JSON.stringify(PNG) }, null, 'application/pdf'],
    ['base64 of URLs, with line breaks', {}, { ...PNG, base64: 'AP\r\n8K\n' }, 'image/png'],
    // Who chose the type may be anybody, and it comes from NocoBase's origin.
    ['a page', {}, { ...PNG, contentType: 'text/html' }, 'application/octet-stream'],
    ['a drawing', {}, { ...PNG, contentType: 'image/svg+xml' }, 'application/octet-stream'],
    ['a script', {}, { ...PNG, contentType: 'text/javascript' }, 'application/octet-stream'],
    ['no type', {}, { ...PNG, contentType: 'a\r\nb: c' }, 'application/octet-stream'],
    ['a type of two lines', {}, { ...PNG, contentType: 'a/b;\r\n c=d' }, 'application/octet-stream'],
  ])('%s', (_what, reply, value, type) => {
    expect(answerOf({ ...ANY, ...reply }, data(value))).toEqual({
      status: 200,
      headers: { 'content-type': type },
      body: bytes,
    });
  });

  it.each<[string, unknown]>([
    ['a value', '{{$context.data}}'],
    ['an object that is written', PNG],
    ['what is typed as text', JSON.stringify(PNG)],
  ])('are JSON where the answer is: %s', (_what, body) => {
    expect(answerOf({ ...BASE, body }, data(PNG))).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(PNG),
    });
  });

  it('are JSON with anything else in it, and text in a page', () => {
    expect(answerOf(ANY, data({ ...PNG, other: 1 })).body).toContain('"base64":"AP8K"');
    const page = answerOf({ ...BASE, contentType: 'text/html', body: '{{$context.data}}' }, data(PNG));
    expect(page.body).toContain('&quot;base64&quot;');
  });

  it.each(['###', 'AP8K=AP8K', 'é'])('are not made of what is no base64: %s', (base64) => {
    expect(() => answerOf(ANY, data({ ...PNG, base64 }))).toThrow(UnsendableAnswer);
  });

  it('are bounded', () => {
    expect(() => answerOf(ANY, data({ ...PNG, base64: 'A'.repeat(6_000_000) }))).toThrow('too large');
  });
});

describe('a stored file', () => {
  const record = (filename: string) => ({
    id: 1,
    filename,
    storageId: 1,
    extname: '.png',
    mimetype: 'image/png',
    url: '/a',
  });
  const found = (value: unknown): Scope => ({ $jobsMapByNodeKey: { found: value }, $context: { files: value } });
  const send = (contentType: string, value: unknown, body = '{{$jobsMapByNodeKey.found}}') =>
    Promise.resolve(fill({ ...BASE, contentType, body }, found(value), FILES));

  it.each<[string, string, unknown, string]>([
    ['with its own type', 'application/octet-stream', record('a.png'), 'image/png'],
    ['with the type that is set', 'image/jpeg', record('a.png'), 'image/jpeg'],
    ['of a field with one in it', 'application/octet-stream', [record('a.png')], 'image/png'],
    ['that is a page by itself', 'application/octet-stream', record('a.svg'), 'application/octet-stream'],
    ['as the page that it is set to be', 'image/svg+xml', record('a.svg'), 'image/svg+xml'],
  ])('%s', async (_what, contentType, value, type) => {
    expect(await send(contentType, value)).toMatchObject({
      headers: { 'content-type': type },
      body: Buffer.from([0, 255, 10]),
    });
  });

  it.each(['{{$context.files}}', '{{$context.files.0}}', '{{ $context.files }}'])(
    'came with the call: %s',
    async (body) => {
      expect(await send('image/png', [record('a.png')], body)).toMatchObject({ body: Buffer.from([0, 255, 10]) });
    },
  );

  // A storage may keep the names of files, and then they can be guessed.
  it.each(['$context.data', ' $context.data.file ', '$context.query', '$context.vars.file', '$context.filesOf'])(
    'can not be named by who calls: %s',
    (variable) => {
      const named = record('a.png');
      const scope = {
        $context: { data: { ...named, file: named }, query: named, vars: { file: named }, filesOf: named },
      };
      const read = jest.fn();
      const reply = { ...BASE, contentType: 'application/octet-stream', body: `{{${variable}}}` };
      expect(fill(reply, scope, { read })).toMatchObject({ body: expect.stringContaining('"filename":"a.png"') });
      expect(read).not.toHaveBeenCalled();
    },
  );

  it('is a record where the answer is JSON', async () => {
    expect(await send('application/json', record('a.png'))).toMatchObject({
      body: expect.stringContaining('"filename":"a.png"'),
    });
  });

  it('that is not there is not answered, nor are several', async () => {
    await expect(send('image/png', record('gone.png'))).rejects.toThrow('is not among');
    expect(() =>
      fill(
        { ...BASE, contentType: 'image/png', body: '{{$jobsMapByNodeKey.found}}' },
        found([record('a.png'), record('b.png')]),
        FILES,
      ),
    ).toThrow('would be 2 files');
  });

  it('of an empty field is no body', async () => {
    expect(await send('image/png', [])).toEqual({ status: 200, headers: {}, body: '' });
    expect(await send('image/png', null)).toEqual({ status: 200, headers: {}, body: '' });
  });
});
