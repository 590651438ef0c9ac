import { defaultConfig, resolveConfig } from '../../../src/common/config';
import { eventPlaces } from '../../../src/common/events';
import { namedVariables } from '../../../src/common/requestVariables';
import { parseSource, parseSources } from '../../../src/common/requestSource';
import { parseBody } from '../../../src/server/parsers';
import { bodyRules } from '../../../src/server/parsers/bodyRules';
import { withExactNumbers } from '../../../src/server/jsonNumbers';
import { bodyDigest, requestValue, type ValueRequest } from '../../../src/server/requestValue';

const request = (fields: Partial<ValueRequest> = {}): ValueRequest => ({
  headers: { 'x-id': 'h', 'x-list': ['a', 'b'] },
  query: { id: 'q', nested: { id: 'n' }, list: ['a'], 'a.b': 'd' },
  params: { order: 'p' },
  data: { a: { b: 7, c: '', d: true }, list: [{ id: 'l' }], 'x.y': 'dotted' },
  rawBody: Buffer.from('{}'),
  format: 'json',
  sourceData: () => null,
  endpoint: {
    eventPlaces: eventPlaces({ ...defaultConfig(), eventFrom: 'json:list.0.id' }),
    variables: namedVariables(
      resolveConfig({
        variables: {
          headers: [{ path: 'X-Id', alias: 'sent' }],
          query: [{ path: '["a.b"]', alias: 'asked' }],
          data: [{ path: '["x.y"]', alias: 'dotted' }],
        },
      }),
    ),
  },
  verification: {},
  ...fields,
});

it.each([
  ['header:X-Id', 'h'],
  ['header:x-list', null],
  ['query:id', 'q'],
  ['query:nested[id]', 'n'],
  ['query:nested', null],
  ['query:list[0]', 'a'],
  ['query:constructor', null],
  ['params:order', 'p'],
  ['params:toString', null],
  ['json:a.b', '7'],
  ['json:a.c', null],
  ['json:a.d', null],
  ['json:list.0.id', 'l'],
  ['json:a["b"]', '7'],
  ['json:["x.y"]', 'dotted'],
  ['json:x.y', null],
  ['vars:dotted', 'dotted'],
  ['vars:asked', 'd'],
  ['vars:sent', 'h'],
  ['vars:none', null],
  ['json:__proto__.x', null],
  ['form:a[b]', null],
  ['event', 'l'],
  ['body', '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'],
])('%s is %p', (text, value) => {
  const source = parseSource(text);
  expect(source && requestValue(request(), source)).toBe(value);
});

it('a form’s field is there in a form only, by the name that it is sent with', () => {
  const sent = request({ format: 'form', data: { 'a.b': '1', a: { b: '2' } } });
  expect(requestValue(sent, { place: 'form', name: 'a.b' })).toBe('1');
  expect(requestValue(sent, { place: 'form', name: 'a[b]' })).toBe('2');
});

it.each(['', 'a', 'x-id', 'header', 'header:', 'json: ', 'config:a', 'xml:a', 'event:a', 'body:a', 'fields:json:a'])(
  '%p is no source of one value',
  (text) => expect(parseSource(text)).toBeNull(),
);

it('several together are read as such, or not at all', () => {
  expect(parseSources('fields:json:a, header:b,body')).toEqual({
    place: 'fields',
    fields: [{ place: 'json', name: 'a' }, { place: 'header', name: 'b' }, { place: 'body' }],
  });
  expect(parseSources('fields:json:["a,b\\"]"],header:b')).toEqual({
    place: 'fields',
    fields: [
      { place: 'json', name: '["a,b\\"]"]' },
      { place: 'header', name: 'b' },
    ],
  });
  for (const text of ['fields:', 'fields:json:a,', 'fields:fields:json:a', 'fields:a']) {
    expect(parseSources(text)).toBeNull();
  }
});

it('an opened field counts as its text', () => {
  const data = { payload: { id: 1 } };
  const sent = request({ format: 'form', data, sourceData: () => data });
  expect(requestValue(sent, { place: 'form', name: 'payload' })).toBe('{"id":1}');
  expect(requestValue(sent, { place: 'json', name: 'payload.id' })).toBe('1');
});

it.each<[string, string]>([
  ['7', '7'],
  ['7.0', '7'],
  ['1.5', '1.5'],
  ['1234567890.12345678', '1234567890.12345678'],
  ['8202522731445525543', '8202522731445525543'],
  ['8.202522731445525543e18', '8.202522731445525543e18'],
  ['1e3', '1000'],
  ['1e21', '1e+21'],
])('a number is read off what was sent: %s', (literal, value) => {
  const body = Buffer.from(`{"id":${literal},"other":1e5}`);
  const sourceData = () => JSON.parse(withExactNumbers(body.toString(), 'inexact')) as unknown;
  const sent = request({ data: JSON.parse(body.toString()), rawBody: body, sourceData });
  expect(requestValue(sent, { place: 'json', name: 'id' })).toBe(value);
});

it.each([
  ['in UTF-16', { format: 'json' as const, rawBody: Buffer.from('{"id":1.2345678901234567891}', 'utf16le') }],
  ['in a form', { format: 'form' as const, rawBody: Buffer.from('p=%7B%22id%22%3A%38%7D') }],
  ['in a part', { format: 'multipart' as const, rawBody: Buffer.from('eyJpZCI6') }],
])('digits that do not stand there as they are can have been lost: %s', (_where, fields) => {
  const sourceData = () => ({ id: '1.2345678901234567891' });
  const sent = request({ ...fields, data: { id: 1.2345678901234567 }, sourceData });
  expect(requestValue(sent, { place: 'json', name: 'id' })).toBe('1.2345678901234567891');
});

it('a field that was opened is known by the digits that were sent', () => {
  const data = { payload: { id: 1.2345678901234567 } };
  const sourceData = () => ({ payload: { id: '1.2345678901234567891' } });
  const sent = request({ format: 'form', data, sourceData });
  expect(requestValue(sent, { place: 'form', name: 'payload' })).toBe('{"id":"1.2345678901234567891"}');
});

describe('the digest of a body', () => {
  it('is of its bytes, decrypted where they were encrypted', () => {
    expect(bodyDigest(request())).not.toBe(bodyDigest(request({ rawBody: Buffer.from('{ }') })));
    const plaintext = { body: Buffer.from('plain'), contentType: 'text/plain' };
    const encrypted = (text: string) => request({ rawBody: Buffer.from(text), verification: { plaintext } });
    expect(bodyDigest(encrypted('x'))).toBe(bodyDigest(encrypted('y')));
  });

  const FILE = ['Content-Disposition: form-data; name="f"; filename="n"', 'one'] as const;
  const LONG = FILE[0].replace('"n"', `"${'n'.repeat(80)}#.txt"`);
  const field = (value: string, name = 'a') => [`Content-Disposition: form-data; name="${name}"`, value] as const;
  /** Of a multipart body with these parts. */
  const digestOf = (parts: readonly (readonly [string, string])[], boundary = 'one') => {
    const text = parts.map(([headers, content]) => `--${boundary}\r\n${headers}\r\n\r\n${content}\r\n`).join('');
    const rawBody = Buffer.from(`${text}--${boundary}--\r\n`, 'latin1');
    const rules = bodyRules(resolveConfig({ body: { jsonFields: ['payload'] } }), 100);
    const { digest } = parseBody(rawBody, `multipart/form-data; boundary=${boundary}`, rules);
    return bodyDigest(request({ format: 'multipart', rawBody, partsDigest: digest }));
  };

  it('of several parts is of what they hold, not of what stands between them', () => {
    expect(digestOf([field('1'), FILE], 'two')).toBe(digestOf([field('1'), FILE]));
  });

  it.each<[string, readonly (readonly [string, string])[], readonly (readonly [string, string])[]]>([
    ['a value', [field('1'), FILE], [field('2'), FILE]],
    ['a part more', [field('1'), FILE], [field('1')]],
    ['what a file holds', [FILE], [[FILE[0], 'two']]],
    ['whether it is a file', [field('1')], [['Content-Disposition: attachment; name="a"', '1']]],
    ['what a file is called', [FILE], [[FILE[0].replace('"n"', '"m"'), 'one']]],
    ['the end of a long name of a file', [[LONG.replace('#', '1'), 'one']], [[LONG.replace('#', '2'), 'one']]],
    ['bytes that make no character', [field('Prix: 5 \xe9')], [field('Prix: 5 \xe8')]],
    [
      'the last digit in a field that is opened',
      [field('{"id":1.2345678901234567891}', 'payload')],
      [field('{"id":1.2345678901234567892}', 'payload')],
    ],
    ['the value of a name that is dropped', [field('1', '__proto__')], [field('2', '__proto__')]],
    ['null, and an empty text', [field('null', 'payload')], [field('', 'payload')]],
    ['where one part ends and the next begins', [field('1'), field('23')], [field('12'), field('3')]],
  ])('of several parts differs where it differs in %s', (_what, one, other) => {
    expect(digestOf(one)).not.toBe(digestOf(other));
  });
});
