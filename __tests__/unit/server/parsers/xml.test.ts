import iconv from 'iconv-lite';
import { cpuClock } from '../../../support/cpuTime';
import { codeOf, dataOf } from './support';

const XML = 'application/xml';

it.each<[string, string | Buffer, unknown]>([
  ['text', '<a>hi</a>', { a: 'hi' }],
  ['an empty element', '<a/>', { a: '' }],
  ['children', '<order><id>1</id><note/></order>', { order: { id: '1', note: '' } }],
  ['several children of one name', '<o><i>1</i><x/><i>2</i></o>', { o: { i: ['1', '2'], x: '' } }],
  ['attributes', '<a id="1"><b c="2"/></a>', { a: { '@id': '1', b: { '@c': '2' } } }],
  ['attributes and text', '<price currency="EUR"> 10 </price>', { price: { '@currency': 'EUR', $text: ' 10 ' } }],
  ['layout', '<a>\n  <b>1</b>\n  <c>2</c>\n</a>\n', { a: { b: '1', c: '2' } }],
  ['text between children', '<p>one <b>two</b> three</p>', { p: { b: 'two', $text: 'one  three' } }],
  ['text as it is in an element without children', '<a> x </a>', { a: ' x ' }],
  ['CDATA', '<a><![CDATA[<b>&amp;]]></a>', { a: '<b>&amp;' }],
  ['the five entities and characters by number', '<a>&lt;&gt;&amp;&apos;&quot;&#65;&#x1F600;</a>', { a: `<>&'"A😀` }],
  ['comments and instructions', '<?xml version="1.0"?><!-- x --><a><!-- y --><?z?>1</a>', { a: '1' }],
  [
    'prefixes',
    '<s:E xmlns:s="urn:x"><s:B s:k="1">2</s:B></s:E>',
    { s_E: { '@xmlns_s': 'urn:x', s_B: { '@s_k': '1', $text: '2' } } },
  ],
  ['an undeclared prefix', '<s:E>1</s:E>', { s_E: '1' }],
  [
    'Latin-1 by its own declaration',
    iconv.encode('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>', 'latin1'),
    { a: 'é' },
  ],
  ['GBK by its own declaration', iconv.encode("<?xml version='1.0' encoding='GBK'?><a>你好</a>", 'gbk'), { a: '你好' }],
  [
    'UTF-16 by its byte order mark',
    iconv.encode('<?xml version="1.0" encoding="UTF-16"?><a>é</a>', 'utf-16'),
    { a: 'é' },
  ],
  ['UTF-16 without one', iconv.encode('<a>é</a>', 'utf-16be'), { a: 'é' }],
  ['UTF-8 with a byte order mark', '\ufeff<a>é</a>', { a: 'é' }],
])('reads %s', (_what, body, data) => {
  expect(dataOf(body, XML)).toEqual(data);
});

it.each(['text/xml; charset=utf-8', 'application/atom+xml', 'application/soap+xml; action="urn:x"'])(
  'takes %s for XML',
  (type) => {
    expect(dataOf('<a>1</a>', type)).toEqual({ a: '1' });
  },
);

it('puts the declared charset above the document’s own', () => {
  expect(dataOf('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>', 'text/xml; charset=utf-8')).toEqual({
    a: 'é',
  });
});

it.each<[string, string]>([
  ['what is no XML', 'hello'],
  ['an open element', '<a>'],
  ['crossed elements', '<a><b></a></b>'],
  ['two roots', '<a/><b/>'],
  ['text after the root', '<a/>x'],
  ['an attribute twice', '<a b="1" b="2"/>'],
  ['an unknown entity', '<a>&nbsp;</a>'],
  ['an entity that is a name every object has', '<a>&constructor;</a>'],
  ['a character that XML has not', '<a>&#0;</a>'],
  ['a document type with declarations', '<!DOCTYPE a SYSTEM "a.dtd" [<!ELEMENT a ANY>]><a/>'],
  ['an entity that only a document type could declare', '<!DOCTYPE a SYSTEM "a.dtd"><a>&x;</a>'],
  ['entities that grow', '<!DOCTYPE a [<!ENTITY x "aa"><!ENTITY y "&x;&x;">]><a>&y;</a>'],
  ['an outside entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
  ['too many levels', `${'<a>'.repeat(101)}${'</a>'.repeat(101)}`],
  ['very many levels', '<a>'.repeat(300_000)],
  ['too many elements for its length', `<a>${'<b/>'.repeat(100_000)}</a>`],
  ['too many elements with others in them for its length', `<x>${'<a><a><a></a></a></a>'.repeat(50_000)}</x>`],
  ['too many names', `<a>${Array.from({ length: 1_000 }, (_x, i) => `<b${i}/>`).join('')}</a>`],
  ['too long a name', `<${'a'.repeat(1_001)}/>`],
  ['too many attributes', `<a ${Array.from({ length: 101 }, (_x, i) => `a${i}="1"`).join(' ')}/>`],
  ['very many attributes', `<a ${Array.from({ length: 100_000 }, (_x, i) => `a${i}="1"`).join(' ')}/>`],
])('refuses %s', (_what, body) => {
  const spent = cpuClock();
  expect(codeOf(body, XML)).toBe('BODY_MALFORMED');
  expect(spent()).toBeLessThan(1000);
});

it('refuses a charset that the document names and nobody knows', () => {
  expect(codeOf('<?xml version="1.0" encoding="klingon"?><a/>', XML)).toBe('TYPE_NOT_SUPPORTED');
});

it('lets no element and no attribute reach a prototype', () => {
  const data = dataOf('<a><__proto__ polluted="1"/><constructor><prototype>1</prototype></constructor><ok/></a>', XML);
  expect(data).toEqual({ a: { ok: '' } });
  expect(Object.assign({}, (data as { a: object }).a)).not.toHaveProperty('@polluted');
  expect(dataOf('<a __proto__="x"/>', XML)).toEqual({ a: { '@__proto__': 'x' } });
});

it('reads a large document in little time', () => {
  const spent = cpuClock();
  expect(dataOf(`<a>${'<b c="1">x</b>'.repeat(70_000)}</a>`, XML)).toHaveProperty('a.b.length', 70_000);
  expect(codeOf(`<a>${'&amp;'.repeat(200_000)}</a>`, XML)).toBeNull();
  expect(spent()).toBeLessThan(3000);
});
