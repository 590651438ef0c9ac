import iconv from 'iconv-lite';
import { bodyText } from '../../../../src/server/parsers';
import { parseQuery } from '../../../../src/server/parsers/form';
import { cpuClock } from '../../../support/cpuTime';
import { codeOf, dataOf, RULES } from './support';

const FORM = 'application/x-www-form-urlencoded';
const binary = { base64: 'AQI=', size: 2 };

it.each<[string, string | Buffer, string | undefined, unknown]>([
  ['JSON', '{"a":[1,null]}', 'application/json', { a: [1, null] }],
  ['JSON with a charset', '{"a":"é"}', 'application/json; charset=UTF-8', { a: 'é' }],
  [
    'JSON in a quoted charset',
    iconv.encode('{"a":"é"}', 'utf-16le'),
    'application/json; charset="utf-16le"',
    { a: 'é' },
  ],
  [
    'JSON in UTF-16 with a byte order mark',
    iconv.encode('{"a":"é"}', 'utf-16'),
    'application/json; charset=utf-16',
    { a: 'é' },
  ],
  ['JSON with a byte order mark', '\ufeff{"a":1}', 'application/json', { a: 1 }],
  ['a JSON suffix', '{"a":1}', 'Application/VND.API+JSON', { a: 1 }],
  ['a JSON value that is no object', '"a"', 'application/json', 'a'],
  ['a key twice: the last counts', '{"a":1,"a":2}', 'application/json', { a: 2 }],
  [
    'a CloudEvent in structured mode',
    '{"specversion":"1.0","data":{"a":1}}',
    'application/cloudevents+json; charset=utf-8',
    { specversion: '1.0', data: { a: 1 } },
  ],
  [
    'a batch of CloudEvents',
    '[{"id":"1"},{"id":"2"}]',
    'application/cloudevents-batch+json',
    [{ id: '1' }, { id: '2' }],
  ],
  ['NDJSON', '{"a":1}\n\r\n{"a":2}\r\n3', 'application/x-ndjson', [{ a: 1 }, { a: 2 }, 3]],
  ['JSON Lines', '{"a":1}\n', 'application/jsonl', [{ a: 1 }]],
  ['a form', 'a=1&b[c]=2&b[d][]=3&e=%20f+g', FORM, { a: '1', b: { c: '2', d: ['3'] }, e: ' f g' }],
  ['a form in Latin-1', 'a=%E9+b&c[d]=%e9', `${FORM}; charset=iso-8859-1`, { a: 'é b', c: { d: 'é' } }],
  ['a form in GBK', 'a=%C4%E3%BA%C3', `${FORM}; charset=gbk`, { a: '你好' }],
  ['a form in raw GBK', iconv.encode('a=你好', 'gbk'), `${FORM}; charset=gbk`, { a: '你好' }],
  ['a form in UTF-16', iconv.encode('a=é', 'utf-16le'), `${FORM}; charset=utf-16le`, { a: 'é' }],
  [
    'a form with broken escapes',
    'a=100%&b=%zz+%20ok&c=%E9t%C3%A9&%=1',
    FORM,
    { a: '100%', b: '%zz  ok', c: '\ufffdt\u00e9', '%': '1' },
  ],
  [
    'a form that names its charset in _charset_',
    'a=%E9&_charset_=windows-1252',
    FORM,
    { a: 'é', _charset_: 'windows-1252' },
  ],
  [
    'a form that names its charset as PayPal does',
    'first_name=Ren%E9&charset=windows-1252&price=%80',
    FORM,
    { first_name: 'René', charset: 'windows-1252', price: '€' },
  ],
  ['a form in GBK by its own field', 'subject=%C4%E3%BA%C3&charset=GBK', FORM, { subject: '你好', charset: 'GBK' }],
  ['a field that is called charset and names none', 'a=%C3%A9&charset=klingon', FORM, { a: 'é', charset: 'klingon' }],
  ['a transfer encoding as charset field', 'a=AD4-&charset=utf-7', FORM, { a: 'AD4-', charset: 'utf-7' }],
  [
    'the charset of the content type before that of a field',
    'a=%C3%A9&charset=latin1',
    `${FORM}; charset=utf-8`,
    { a: 'é', charset: 'latin1' },
  ],
  ['a form in raw UTF-8', 'a=é&b=%C3%A9', FORM, { a: 'é', b: 'é' }],
  ['a form with a byte order mark', '\ufeffa=1&b=\ufeff', FORM, { a: '1', b: '\ufeff' }],
  ['a form as Alipay declares it', 'a=%E9%9D%9E', `${FORM}; text/html; charset=utf-8`, { a: '非' }],
  ['text', 'hi', 'text/plain', 'hi'],
  ['text in Latin-1', Buffer.from([0xe9]), 'text/plain; charset=iso-8859-1', 'é'],
  ['a table as Excel writes it', iconv.encode('a;b\n1;é', 'utf-16', { addBOM: true }), 'text/csv', 'a;b\n1;é'],
  ['a form in UTF-16 behind a mark', iconv.encode('a=é', 'utf-16be', { addBOM: true }), FORM, { a: 'é' }],
  [
    'JSON in UTF-16 behind a mark',
    iconv.encode('{"a":"é"}', 'utf-16', { addBOM: true }),
    'application/json',
    { a: 'é' },
  ],
  ['text in UTF-16, big-endian', Buffer.from([0, 0x61, 0, 0x62]), 'text/plain; charset=utf-16be', 'ab'],
  ['text that is no UTF-8', Buffer.from([0x61, 0xff, 0x62]), 'text/plain', 'a\ufffdb'],
  ['HTML as text', '<p>', 'text/html', '<p>'],
  ['JSON without a content type', '[1]', undefined, [1]],
  ['text without a content type', 'hi', undefined, 'hi'],
  ['a blank content type', '[1]', ' ', [1]],
  ['an empty body', '', 'application/json', null],
  ['an empty multipart body', '', 'multipart/form-data', null],
  ['anything else', Buffer.from([1, 2]), 'image/png', { ...binary, contentType: 'image/png' }],
  [
    'another kind of multipart',
    Buffer.from([1, 2]),
    'multipart/mixed; boundary=x',
    { ...binary, contentType: 'multipart/mixed; boundary=x' },
  ],
  ['a type with a trailing semicolon', '{"a":1}', 'application/json;', { a: 1 }],
])('reads %s', (_what, body, type, data) => {
  expect(dataOf(body, type)).toEqual(data);
});

it.each<[string, string | Buffer, string | undefined, string]>([
  ['broken JSON', '{', 'application/json', 'BODY_MALFORMED'],
  ['JSON of blanks', '  ', 'application/json', 'BODY_MALFORMED'],
  ['JSON in UTF-16 that is not declared', iconv.encode('{"a":1}', 'utf-16le'), 'application/json', 'BODY_MALFORMED'],
  ['more lines than its length can have use for', '1\n'.repeat(200_000), 'application/x-ndjson', 'BODY_MALFORMED'],
  ['JSON that is too complex in a line', `1\n[${'{},'.repeat(60_000)}0]`, 'application/x-ndjson', 'BODY_MALFORMED'],
  ['undeclared JSON that is too complex', `[${'{},'.repeat(60_000)}0]`, undefined, 'BODY_MALFORMED'],
  [
    'a thousand names that no database stores',
    `{${Array.from({ length: 1_001 }, (_x, index) => `"${index}\\u0000":0`).join(',')}}`,
    'application/json',
    'BODY_MALFORMED',
  ],
  ['a broken line of NDJSON', '{}\n{', 'application/x-ndjson', 'BODY_MALFORMED'],
  ['an unknown charset', 'a', 'text/plain; charset=klingon', 'TYPE_NOT_SUPPORTED'],
  ['a charset that is a name every object has', 'a', 'text/plain; charset=constructor', 'TYPE_NOT_SUPPORTED'],
  ['a transfer encoding for a charset', 'a', 'text/plain; charset=base64', 'TYPE_NOT_SUPPORTED'],
  ...['base-64', 'utf-7', 'UTF_7', 'unicode-1-1-utf-7', 'utf-7-imap', 'utf-7:1999'].map(
    (charset): [string, string, string, string] => [
      `${charset} for a charset`,
      'a',
      `text/plain; charset="${charset}"`,
      'TYPE_NOT_SUPPORTED',
    ],
  ),
  ['an unknown charset of a form', 'a=1', `${FORM}; charset=klingon`, 'TYPE_NOT_SUPPORTED'],
  ['a malformed content type', 'a', 'klingon', 'TYPE_NOT_SUPPORTED'],
  ['a word that is a name every object has', 'a', 'constructor', 'TYPE_NOT_SUPPORTED'],
  ['two content types', '{}', 'text/plain, application/json', 'TYPE_NOT_SUPPORTED'],
  ['a content type with a line of its own', 'a', 'text /plain', 'TYPE_NOT_SUPPORTED'],
  ['too many form names', Array.from({ length: 2001 }, (_x, i) => `k${i}=1`).join('&'), FORM, 'BODY_MALFORMED'],
  ['too deep form names', `a${'[b]'.repeat(11)}=1`, FORM, 'BODY_MALFORMED'],
  ['lists too deep', `${'['.repeat(91)}${']'.repeat(91)}`, 'application/json', 'BODY_MALFORMED'],
  ['lists too deep in a line', `1\n${'['.repeat(90)}${']'.repeat(90)}`, 'application/x-ndjson', 'BODY_MALFORMED'],
  ['lists too deep without a content type', `${'['.repeat(91)}${']'.repeat(91)}`, undefined, 'BODY_MALFORMED'],
  ['objects too deep', `${'{"a":'.repeat(91)}1${'}'.repeat(91)}`, 'application/json', 'BODY_MALFORMED'],
])('refuses %s', (_what, body, type, code) => {
  expect(codeOf(body, type)).toBe(code);
});

it('takes as many levels as are allowed', () => {
  expect(codeOf(`${'['.repeat(90)}${']'.repeat(90)}`, 'application/json')).toBeNull();
});

it('lets no body and no query reach a prototype', () => {
  for (const data of [
    dataOf('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"ok":1}', 'application/json'),
    dataOf('{"\\u005f_proto__":{"polluted":1},"ok":1}', 'application/json'),
    dataOf('{"__proto__":{"polluted":1},"ok":1}'),
    dataOf('__proto__[polluted]=1&constructor[prototype][polluted]=1&ok=1', FORM),
    parseQuery('__proto__[polluted]=1&a[__proto__][polluted]=1&ok=1'),
  ]) {
    expect(data).toHaveProperty('ok');
    expect(data).not.toHaveProperty('polluted');
    expect(Object.keys(data as object)).not.toContain('__proto__');
    expect(Object.assign({}, data)).not.toHaveProperty('polluted');
  }
  expect({}).not.toHaveProperty('polluted');
});

it.each<[string, string | Buffer, string, unknown]>([
  ['NUL in JSON', '{"a\\u0000":"b\\u0000c"}', 'application/json', { 'a\ufffd': 'b\ufffdc' }],
  [
    'half a surrogate pair in JSON',
    '["\\ud83d", "\\ude00\\ud83d", "\\ud83d\\ude00"]',
    'application/json',
    ['\ufffd', '\ufffd\ufffd', '😀'],
  ],
  ['NUL in text', 'a\0b', 'text/plain', 'a\ufffdb'],
  ['NUL in a form', 'a%00=b%00', FORM, { 'a\ufffd': 'b\ufffd' }],
  ['half a surrogate pair in UTF-16', Buffer.from([0x3d, 0xd8, 0x61, 0]), 'text/plain; charset=utf-16le', '\ufffda'],
])('replaces what no database stores: %s', (_what, body, type, data) => {
  expect(dataOf(body, type)).toEqual(data);
});

it('reads large, deep and wide bodies in little time', () => {
  const wide = `{${Array.from({ length: 100_000 }, (_x, i) => `"k${i}":${i}`).join(',')}}`;
  const deep = '['.repeat(1_000_000);
  const spent = cpuClock();
  expect(Object.keys(dataOf(wide, 'application/json') as object)).toHaveLength(100_000);
  expect(codeOf(deep, 'application/json')).toBe('BODY_MALFORMED');
  expect(codeOf(`${deep}${']'.repeat(1_000_000)}`, 'application/json')).toBe('BODY_MALFORMED');
  expect(codeOf('a=1&'.repeat(500_000), FORM)).toBe('BODY_MALFORMED');
  expect(codeOf(`a${'['.repeat(1_000_000)}=1`, FORM)).not.toBe('INTERNAL');
  expect(codeOf(`a=${'%41'.repeat(300_000)}`, FORM)).toBeNull();
  expect(spent()).toBeLessThan(3000);
});

it.each<[string, Buffer, string | undefined, string]>([
  ['in its charset', Buffer.from([0xe9]), 'text/plain; charset=iso-8859-1', 'é'],
  ['as UTF-8 where nothing is declared', Buffer.from('é'), undefined, 'é'],
  [
    'in the charset that XML names in itself',
    iconv.encode('<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>', 'latin1'),
    'application/xml',
    '<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>',
  ],
  ['whatever a binary body declares', Buffer.from('a'), 'image/png; charset=klingon', 'a'],
  ['without what no database stores', Buffer.from('a\0'), 'text/plain', 'a\ufffd'],
])('gives the raw body %s', (_what, body, type, text) => {
  expect(bodyText(body, type, RULES)).toBe(text);
});
