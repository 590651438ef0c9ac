import { parseSource, parseSources } from '../../../src/common/requestSource';
import { bodyDigest, requestValue, type ValueRequest } from '../../../src/server/requestValue';

const request = (fields: Partial<ValueRequest> = {}): ValueRequest => ({
  headers: { 'x-id': 'h', 'x-list': ['a', 'b'] },
  query: { id: 'q', nested: { id: 'n' }, list: ['a'] },
  params: { order: 'p' },
  data: { a: { b: 7, c: '', d: true }, list: [{ id: 'l' }] },
  rawBody: Buffer.from('{}'),
  uploads: [],
  format: 'json',
  sourceData: () => null,
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
  ['json:__proto__.x', null],
  ['form:a[b]', null],
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

it.each(['', 'a', 'x-id', 'header', 'header:', 'json: ', 'config:a', 'xml:a', 'event', 'body:a', 'fields:json:a'])(
  '%p is no source of one value',
  (text) => expect(parseSource(text)).toBeNull(),
);

it('several together are read as such, or not at all', () => {
  expect(parseSources('fields:json:a, header:b,body')).toEqual({
    place: 'fields',
    fields: [{ place: 'json', name: 'a' }, { place: 'header', name: 'b' }, { place: 'body' }],
  });
  for (const text of ['fields:', 'fields:json:a,', 'fields:fields:json:a', 'fields:a']) {
    expect(parseSources(text)).toBeNull();
  }
});

it('an opened field counts as its text', () => {
  const sent = request({ format: 'form', data: { payload: { id: 1 } } });
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
  const sent = request({ data: JSON.parse(body.toString()), rawBody: body, sourceData: () => ({ id: literal }) });
  expect(requestValue(sent, { place: 'json', name: 'id' })).toBe(value);
});

describe('the digest of a body', () => {
  const multipart = (boundary: string, fields: Partial<ValueRequest> = {}) =>
    request({
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      format: 'multipart',
      data: { a: '1' },
      rawBody: Buffer.from(`--${boundary}…`),
      uploads: [{ field: 'f', filename: 'n', contentType: 'text/plain', content: Buffer.from('one') }],
      ...fields,
    });

  it('is of its bytes, decrypted where they were encrypted', () => {
    expect(bodyDigest(request())).not.toBe(bodyDigest(request({ rawBody: Buffer.from('{ }') })));
    const plaintext = { body: Buffer.from('plain'), contentType: 'text/plain' };
    const encrypted = (text: string) => request({ rawBody: Buffer.from(text), verification: { plaintext } });
    expect(bodyDigest(encrypted('x'))).toBe(bodyDigest(encrypted('y')));
  });

  it('of several parts is of what they hold, not of what stands between them', () => {
    const digest = bodyDigest(multipart('one'));
    expect(bodyDigest(multipart('two'))).toBe(digest);
    const [upload] = multipart('x').uploads;
    for (const other of [
      { data: { a: '2' } },
      { uploads: [] },
      { uploads: [{ ...upload!, content: Buffer.from('two') }] },
      { uploads: [{ ...upload!, filename: 'm' }] },
    ]) {
      expect(bodyDigest(multipart('one', other))).not.toBe(digest);
    }
  });
});
