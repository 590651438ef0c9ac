import iconv from 'iconv-lite';
import { CHARSETS } from '../../../../src/common/config';
import { bodyText, parseBody } from '../../../../src/server/parsers';
import type { BodyRules } from '../../../../src/server/parsers/types';
import { cpuClock } from '../../../support/cpuTime';
import { codeOf, dataOf, RULES } from './support';

const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data; boundary=XX';
const multipart = (name: string, value: string) =>
  `--XX\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n--XX--\r\n`;

describe('a content type that is plain enough', () => {
  it.each([
    'JSON',
    'json',
    'Json; charset=utf-8',
    'application/json, application/json',
    'application/json,application/json; charset=utf-8',
    'application/json; application/json',
    'Content-Type: application/json',
    '"application/json"',
    'application/json charset=utf-8',
    'application/json:charset=utf-8',
    'application/json;charset=UTF-8;',
    'application/json; charset=utf-8,application/json; charset=utf-8',
    "application/json; charset='utf-8'",
    'application/json; charset=us-ascii',
    'application/json; charset=utf8mb4',
    'APPLICATION/JSON',
    'text/x-json',
    'application/x-json',
    'application/csp-report',
  ])('%s is JSON', (type) => {
    expect(dataOf('{"a":"é"}', type)).toEqual({ a: 'é' });
  });

  it.each([
    'form',
    'x-www-form-urlencoded',
    `${FORM} charset=utf-8`,
    `${FORM}, ${FORM}`,
    'application/form-urlencoded',
  ])('%s is a form', (type) => {
    expect(dataOf('a=1', type)).toEqual({ a: '1' });
  });

  it.each([
    'multipart/form-data;boundary=XX',
    'multipart/form-data; charset=utf-8; boundary=XX',
    'multipart/form-data; boundary = "XX"',
    "multipart/form-data; boundary='XX'",
    'multipart/form-data; boundary=XX, multipart/form-data; boundary=XX',
    'multipart/form-data boundary=XX',
    'form-data; boundary=XX',
    'Multipart/Form-Data; Boundary=XX;',
  ])('%s is a form with files', (type) => {
    expect(dataOf(multipart('a', '1'), type)).toEqual({ a: '1' });
  });

  it.each([
    'text/plain, application/json',
    'application/json; charset=utf-8, application/json; charset=iso-8859-1',
    'application/json; charset=utf-8; charset=iso-8859-1',
    'multipart/form-data; boundary=XX, multipart/form-data; boundary=YY',
  ])('%s is two, and refused', (type) => {
    expect(codeOf('{}', type)).toBe('TYPE_NOT_SUPPORTED');
  });

  it('a boundary keeps the apostrophes that its delimiters have', () => {
    const body = multipart('a', '1').replaceAll('XX', "'XX'");
    expect(dataOf(body, "multipart/form-data; boundary='XX'")).toEqual({ a: '1' });
  });

  it.each([
    ['multipart/form-data', 'the multipart content type names no boundary'],
    [
      `multipart/form-data; boundary=${'X'.repeat(71)}`,
      'the boundary of the multipart content type has more than 70 characters',
    ],
  ])('%s is refused, and says why', (type, reason) => {
    expect(() => dataOf(multipart('a', '1'), type)).toThrow(
      expect.objectContaining({ code: 'BODY_MALFORMED', options: { reason } }),
    );
  });

  it('a header of blanks and parameters is read in little time', () => {
    const spent = cpuClock();
    for (const type of [
      `a/b${' '.repeat(16_000)}x`,
      `a/b${'; '.repeat(8_000)}`,
      `a/b;c="${'\\'.repeat(16_000)}`,
      `a/b;${'a=b,'.repeat(4_000)}`,
      `a/b, ${'a/'.repeat(8_000)}`,
    ]) {
      codeOf('x', type);
    }
    expect(spent()).toBeLessThan(300);
  });
});

describe('JSON that is declared as something else', () => {
  it.each<[string, string, string | undefined, unknown]>([
    ['an object as plain text', ' {"a":1}\n', 'text/plain', { a: 1 }],
    ['a list as plain text', '[1]', 'text/plain; charset=utf-8', [1]],
    ['an object as a form, as curl -d sends it', '{"a":"b=c&d"}', FORM, { a: 'b=c&d' }],
    ['an object over several lines as a form', '{\n  "a": 1\n}\n', FORM, { a: 1 }],
    ['JSON in the name of a field', '%7B%22a%22%3A1%7D=', FORM, { '{"a":1}': '' }],
    ['JSON before an equals sign', '{"a":1}=', FORM, { '{"a":1}': '' }],
    ['JSON in a field', 'payload={"a":1}', FORM, { payload: '{"a":1}' }],
    ['a number as text', '12', 'text/plain', '12'],
    ['a text in quotes as text', '"a"', 'text/plain', '"a"'],
    ['text in braces', '{a}', 'text/plain', '{a}'],
    ['braces in text', '{"a":1} and more', 'text/plain', '{"a":1} and more'],
    ['JSON as another text', '{"a":1}', 'text/csv', '{"a":1}'],
    ['brackets as a form', '[a]=1', FORM, { a: '1' }],
  ])('%s', (_what, body, type, data) => {
    expect(dataOf(body, type)).toEqual(data);
  });

  it('is refused in a form where it would take too long', () => {
    expect(codeOf(`[${'{},'.repeat(60_000)}0]`, FORM)).toBe('BODY_MALFORMED');
    expect(codeOf(`[${'{},'.repeat(60_000)}0]`, 'text/plain')).toBeNull();
  });
});

describe('a body that is read as the webhook says, whatever its type', () => {
  it.each<[BodyRules['readAs'], string | Buffer, string | undefined, unknown]>([
    ['json', '{"a":1}', 'application/octet-stream', { a: 1 }],
    ['json', '{"a":1}', 'klingon', { a: 1 }],
    ['json', '{"a":1}', undefined, { a: 1 }],
    ['json', '"a"', 'text/plain', 'a'],
    ['json', iconv.encode('{"a":"é"}', 'latin1'), 'text/html; charset=iso-8859-1', { a: 'é' }],
    ['form', 'a=1', 'application/json', { a: '1' }],
    ['form', '{"a":1}', 'application/json', { '{"a":1}': '' }],
    ['form', multipart('a', '1'), MULTIPART, { a: '1' }],
    ['form', multipart('a', '1'), 'multipart/mixed; boundary=XX', { a: '1' }],
    ['form', '--a=1', undefined, { '--a': '1' }],
    ['xml', '<a>1</a>', 'text/plain', { a: '1' }],
    ['text', '{"a":1}', 'application/json', '{"a":1}'],
    ['text', '<a/>', undefined, '<a/>'],
    ['bytes', '{}', 'application/json', { base64: 'e30=', contentType: 'application/json', size: 2 }],
    ['bytes', 'a', undefined, { base64: 'YQ==', contentType: '', size: 1 }],
  ])('%s: %s of %s', (readAs, body, type, data) => {
    expect(dataOf(body, type, { readAs })).toEqual(data);
  });

  it('is refused where it is something else', () => {
    expect(codeOf(multipart('a', '1'), undefined, { readAs: 'form' })).toBe('BODY_MALFORMED');
    expect(codeOf(multipart('a', '1'), FORM)).toBe('BODY_MALFORMED');
    expect(codeOf('a=1', FORM, { readAs: 'json' })).toBe('BODY_MALFORMED');
    expect(codeOf('{}', 'application/json', { readAs: 'xml' })).toBe('BODY_MALFORMED');
  });
});

describe('a body that says nothing of itself', () => {
  it.each<[string, Buffer, unknown]>([
    ['bytes', Buffer.from([0x89, 0x50, 0xff]), { base64: 'iVD/', contentType: '', size: 3 }],
    ['bytes that are ASCII and NUL', Buffer.from('a\0b'), { base64: 'YQBi', contentType: '', size: 3 }],
    [
      'text in Latin-1, of which the charset isn’t known',
      Buffer.from([0x63, 0xe9]),
      { base64: 'Y+k=', contentType: '', size: 2 },
    ],
    ['text', Buffer.from('é'), 'é'],
    ['JSON', Buffer.from('[1]'), [1]],
    ['JSON with a byte order mark', Buffer.from('\ufeff[1]'), [1]],
    ['JSON in UTF-16 with one', iconv.encode('{"a":"é"}', 'utf-16', { addBOM: true }), { a: 'é' }],
    ['text in UTF-16, big-endian, with one', iconv.encode('é', 'utf-16be', { addBOM: true }), 'é'],
  ])('%s', (_what, body, data) => {
    expect(dataOf(body)).toEqual(data);
  });
});

describe('XML', () => {
  const utf16 = '<?xml version="1.0" encoding="utf-16"?><a>é</a>';
  it.each<[string, string | Buffer, string, unknown]>([
    ['that says UTF-16 and is UTF-8, as .NET writes it', utf16, 'text/xml', { a: 'é' }],
    ['that is declared as UTF-16 and is UTF-8', utf16, 'text/xml; charset=utf-16', { a: 'é' }],
    ['that says UTF-16 and is it', iconv.encode(utf16, 'utf-16le'), 'text/xml', { a: 'é' }],
    [
      'that is declared as UTF-16 and is it',
      iconv.encode(utf16, 'utf-16', { addBOM: true }),
      'text/xml; charset=utf-16',
      { a: 'é' },
    ],
    ['that says UCS-2 and is UTF-8', utf16.replace('utf-16', 'ucs-2'), 'text/xml', { a: 'é' }],
    [
      'that says Latin-1 behind a mark of UTF-8',
      '\ufeff<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>',
      'text/xml',
      { a: 'é' },
    ],
    [
      'with a document type, as cXML has it',
      '<?xml version="1.0"?><!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd"><cXML payloadID="1"/>',
      'text/xml',
      { cXML: { '@payloadID': '1' } },
    ],
    ['with a public document type', '<!DOCTYPE a PUBLIC "-//A//B [C]//EN" "a.dtd"><a>1</a>', 'text/xml', { a: '1' }],
    ['with the shortest one', '<!DOCTYPE a><a/>', 'text/xml', { a: '' }],
  ])('%s', (_what, body, type, data) => {
    expect(dataOf(body, type)).toEqual(data);
    expect(bodyText(Buffer.from(body as string), type, RULES)).not.toMatch(/\ufffd|\0/);
  });

  it.each([
    '<!DOCTYPE a []><a/>',
    '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    "<!DOCTYPE a SYSTEM 'x' [ ]><a/>",
    '<!DOCTYPE a SYSTEM "x><a/>',
  ])('%s is refused', (body) => {
    expect(codeOf(body, 'text/xml')).toBe('BODY_MALFORMED');
  });
});

describe('numbers beyond 2^53', () => {
  it.each<[string, string | undefined]>([
    ['{"id":8202522731445525542,"n":7}', 'application/json'],
    ['{"id":8202522731445525542,"n":7}', undefined],
    ['{"id":8202522731445525542,"n":7}', 'text/plain'],
    ['{"id":8202522731445525542,"n":7}', FORM],
  ])('%s as %s: texts, or rounded', (body, type) => {
    expect(dataOf(body, type)).toEqual({ id: '8202522731445525542', n: 7 });
    expect(dataOf(body, type, { numbers: 'rounded' })).toEqual({ id: 8202522731445526000, n: 7 });
    expect(dataOf(body, type, { numbers: 'source' })).toEqual({ id: '8202522731445525542', n: 7 });
  });

  it('in lines, and in opened fields', () => {
    expect(dataOf('{"id":9007199254740993}\n1', 'application/x-ndjson')).toEqual([{ id: '9007199254740993' }, 1]);
    expect(dataOf('p={"id":9007199254740993}', FORM, { jsonFields: ['p'] })).toEqual({ p: { id: '9007199254740993' } });
  });
});

describe('an empty field of a form', () => {
  it.each<[string, string]>([
    ['a=&b[c]=&d[]=&e', FORM],
    [multipart('a', ''), MULTIPART],
  ])('is null where the webhook wants it', (body, type) => {
    const nothing = { a: null, ...(type === FORM && { b: { c: null }, d: [null], e: null }) };
    expect(dataOf(body, type, { emptyAsNull: true })).toEqual(nothing);
    expect(dataOf(body, type)).toMatchObject({ a: '' });
  });

  it('stays what it is in JSON and XML', () => {
    expect(dataOf('{"a":""}', 'application/json', { emptyAsNull: true })).toEqual({ a: '' });
    expect(dataOf('<a/>', 'text/xml', { emptyAsNull: true })).toEqual({ a: '' });
  });
});

describe('JSON in fields', () => {
  const open = (body: string, type: string, jsonFields: string[]) => dataOf(body, type, { jsonFields });
  it.each<[string, string, string, string[], unknown]>([
    [
      'a form, as Slack and GitHub send it',
      'payload=%7B%22a%22%3A%7B%22b%22%3A1%7D%7D',
      FORM,
      ['payload'],
      { payload: { a: { b: 1 } } },
    ],
    [
      'a form with files, as Plex and JotForm send it',
      multipart('rawRequest', '{"q3_name":"é"}'),
      MULTIPART,
      ['rawRequest'],
      { rawRequest: { q3_name: 'é' } },
    ],
    ['a list', 'p=[1,2]', FORM, ['p'], { p: [1, 2] }],
    ['several', 'p={}&q=1&r={}', FORM, ['p', 'q'], { p: {}, q: 1, r: '{}' }],
    ['a nested name', 'a[b]={"c":1}', FORM, ['a[b]'], { a: { b: { c: 1 } } }],
    ['a text that is no JSON', 'payload=hello', FORM, ['payload'], { payload: 'hello' }],
    ['no such field', 'a={}', FORM, ['payload'], { a: '{}' }],
  ])('%s', (_what, body, type, fields, data) => {
    expect(open(body, type, fields)).toEqual(data);
  });

  it('is bounded like any other', () => {
    expect(codeOf(`p=[${'{},'.repeat(60_000)}0]`, FORM, { jsonFields: ['p'] })).toBe('BODY_MALFORMED');
    expect(codeOf(`p=${'['.repeat(91)}${']'.repeat(91)}`, FORM, { jsonFields: ['p'] })).toBe('BODY_MALFORMED');
    expect(open('p={"__proto__":{"a":1},"b":1}', FORM, ['p'])).toEqual({ p: { b: 1 } });
  });
});

it.each<[string | undefined, string, string | null]>([
  ['application/json', '{}', 'json'],
  ['text/plain', '{}', 'json'],
  [FORM, '{}', 'json'],
  [FORM, 'a', 'form'],
  [MULTIPART, '--XX--', 'multipart'],
  [undefined, 'a', 'text'],
  [undefined, '1', 'json'],
  [undefined, '', null],
])('says that %s of %s was read as %s', (type, body, format) => {
  expect(parseBody(Buffer.from(body), type, RULES).format).toBe(format);
});

test.each(CHARSETS)('%s can be read, whatever is declared', (charset) => {
  const text = '{"a":"b"}';
  const body = charset === 'iso-2022-jp' ? Buffer.from(text) : iconv.encode(text, charset);
  expect(dataOf(body, 'application/json; charset=big5', { charset })).toEqual({ a: 'b' });
  expect(dataOf(body, undefined, { charset })).toEqual({ a: 'b' });
  expect(bodyText(body, undefined, { charset })).toBe(text);
});
