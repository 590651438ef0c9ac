import type { ReplyConfig } from '../../../../src/common/config';
import { answerOf } from '../../../../src/server/reply/answerOf';

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
