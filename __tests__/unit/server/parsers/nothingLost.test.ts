import { WebhookError } from '../../../../src/common/errors';
import { parseQuery } from '../../../../src/server/parsers/form';
import { storable } from '../../../../src/server/parsers/storable';
import { dataOf, MAX_DEPTH } from './support';
import { growth, LINEAR } from '../../../support/cpuTime';

// Names and bytes that differ as they are sent, and would be one, or none, as they are read.

const latin1 = (text: string) => Buffer.from(text, 'latin1');

function refusal(body: string | Buffer, type?: string): unknown {
  try {
    return dataOf(body, type);
  } catch (error) {
    return error instanceof WebhookError ? `${error.code}: ${error.options.reason}` : error;
  }
}

const ONE_NAME = 'BODY_MALFORMED: two names in one object are the same without what makes no character: ';

describe('two names that would be one', () => {
  it.each<[string, string | Buffer, string | undefined, string]>([
    ['halves of pairs', '{"\\ud800":1,"\\ud801":2}', 'application/json', '"�"'],
    ['NUL and what it becomes', '{"a\\u0000":1,"a\\ufffd":2}', 'application/json', '"a�"'],
    ['what NUL becomes, and NUL', '{"a\\ufffd":1,"a\\u0000":2}', 'application/json', '"a�"'],
    ['deep within', '[{"b":{"\\ud800":1,"\\ud801":2}}]', 'application/json', '"�"'],
    ['bytes that make no character', latin1('{"\xe9":1,"\xe8":2}'), 'application/json', '"�"'],
    ['such bytes, and an escape', latin1('{"\xe9":1,"\\uFFFD":2}'), 'application/json', '"�"'],
    ['such bytes deep within', latin1('[{}, {"a":[{"x\xe9":1, "b":{"x\xe9":3}, "x\xe8" :2}]}]'), 'text/json', '"x�"'],
    ['such bytes in lines', latin1('{}\n{"\xe9":1,"\xe8":2}'), 'application/x-ndjson', '"�"'],
    ['halves of pairs, without a type', '{"\\ud800":1,"\\ud801":2}', undefined, '"�"'],
    ['NULs in a form', 'a%00=1&a%EF%BF%BD=2', 'application/x-www-form-urlencoded', '"a�"'],
  ])('%s', (_what, body, type, name) => {
    expect(refusal(body, type)).toBe(ONE_NAME + name);
  });

  it('in a query', () => {
    expect(() => storable(parseQuery('a%00=1&a%EF%BF%BD=2'), MAX_DEPTH)).toThrow(WebhookError);
  });

  it.each<[string, string | Buffer, string, unknown]>([
    ['in two objects', latin1('[{"\xe9":1},{"\xe8":{"\xe7":2}}]'), 'text/json', [{ '�': 1 }, { '�': { '�': 2 } }]],
    ['in lines', latin1('{"\xe9":1}\n{"\xe8":2}'), 'application/x-ndjson', [{ '�': 1 }, { '�': 2 }]],
    [
      'as values',
      latin1('{"a":"\xe9","b":"\xe9", "c":["\xe9","\xe9"]}'),
      'text/json',
      { a: '�', b: '�', c: ['�', '�'] },
    ],
    ['in text that is no JSON but looks so', latin1('{"\xe9":1,"\xe8":2}'), 'text/plain', '{"�":1,"�":2}'],
    [
      'in a form, which makes a list',
      latin1('\xe9=1&\xe8=2'),
      'application/x-www-form-urlencoded',
      { '�': ['1', '2'] },
    ],
  ])('are one each %s', (_what, body, type, data) => {
    expect(dataOf(body, type)).toEqual(data);
  });

  it.each<[string, (size: number) => string]>([
    ['names', (size) => `{${Array.from({ length: size / 12 }, (_x, index) => `"\xe9${index}":0`).join(',')}}`],
    ['names that never end', (size) => `["\xe9${'"":'.repeat(size / 3)}`],
    ['blanks', (size) => `["\xe9"${' '.repeat(size)}"`],
    ['escapes', (size) => `["${'\xe9\\"'.repeat(size / 3)}"]`],
    ['empty texts', (size) => `["\xe9",${'"",'.repeat(size / 3)}0]`],
  ])('are looked for in %s in a time that grows as the body does', (_what, body) => {
    const size = 240_000;
    const bodies = new Map([size, 4 * size].map((length) => [length, latin1(body(length))]));
    expect(growth((length) => refusal(bodies.get(length) ?? '', 'text/json'), size)).toBeLessThan(LINEAR);
  });
});

describe('names in XML that differ by a colon and an underscore', () => {
  it.each<[string, string]>([
    ['elements', '<r xmlns:s="u"><s:id>1</s:id><s_id>2</s_id></r>'],
    ['elements, the other way round', '<r xmlns:s="u"><s_id>1</s_id><s:id>2</s:id></r>'],
    ['elements with others between', '<r><s:a/><s:id>1</s:id><s:id>3</s:id><x><s_id>2</s_id></x><s_id>2</s_id></r>'],
    ['elements, after one that holds the other', '<r><s:id><s_id>1</s_id></s:id><s_id>2</s_id></r>'],
    ['attributes', '<r xmlns:s="u" s:a="1" s_a="2"/>'],
  ])('%s are refused in one element', (_what, body) => {
    expect(refusal(body, 'text/xml')).toMatch(
      /^BODY_MALFORMED: the XML has an element with both (s:id|s_id|s:a) and (s:id|s_id|s_a) in it/,
    );
  });

  it.each<[string, unknown]>([
    ['<r><a><s:id>1</s:id></a><b><s_id>2</s_id></b></r>', { r: { a: { s_id: '1' }, b: { s_id: '2' } } }],
    ['<s:id><s_id>1</s_id></s:id>', { s_id: { s_id: '1' } }],
    ['<r><x><s_id>1</s_id></x><s:id>2</s:id><s:id>3</s:id></r>', { r: { x: { s_id: '1' }, s_id: ['2', '3'] } }],
    ['<r s:a="1"><s_a>2</s_a></r>', { r: { '@s_a': '1', s_a: '2' } }],
  ])('%s has them in different places', (body, data) => {
    expect(dataOf(body, 'text/xml')).toEqual(data);
  });

  it('and a name of bytes that make no character are refused', () => {
    expect(refusal(latin1('<r><\xe9>1</\xe9><\xe8>2</\xe8></r>'), 'text/xml')).toMatch(
      /^BODY_MALFORMED: the XML has a name/,
    );
  });
});

it.each<[string, unknown]>([
  ['<a><b/><![CDATA[  x  ]]></a>', { a: { b: '', $text: '  x  ' } }],
  ['<a> 1 <![CDATA[ x ]]><b/> <![CDATA[ y]]> 2\n</a>', { a: { b: '', $text: '1  x   y 2' } }],
  ['<a>\n<b/><![CDATA[]]>\n</a>', { a: { b: '' } }],
])('keeps the space within CDATA: %s', (body, data) => {
  expect(dataOf(body, 'text/xml')).toEqual(data);
});

it.each([
  ['\ufeff<a>é</a>', 'text/xml; charset=utf-16'],
  ['<?xml version="1.0" encoding="ISO-10646-UCS-2"?><a>é</a>', 'text/xml'],
  ['<?xml version="1.0" encoding="Unicode"?><a>é</a>', 'text/xml'],
])('reads XML by its bytes: %s as %s', (body, type) => {
  expect(dataOf(body, type)).toEqual({ a: 'é' });
});

it.each([
  ['half a unit at the end', 'fffe410042'],
  ['half a unit at the end, big-endian', 'feff004107'],
  ['half a pair', 'fffe00d80102'],
  ['UTF-32', 'fffe00007b000000'],
  ['NUL', 'fffe41000000'],
])('a body without a type in what could be UTF-16 but for %s is bytes', (_what, hex) => {
  const body = Buffer.from(hex, 'hex');
  expect(dataOf(body)).toEqual({ base64: body.toString('base64'), contentType: '', size: body.length });
});
