import { credentialPlaces } from '../../../src/server/credentials/places';
import { Redactor } from '../../../src/server/redaction/Redactor';
import { TextSearch } from '../../../src/server/redaction/TextSearch';
import { credentialsIn } from '../../../src/server/redaction/credentialsIn';
import type { WebhookAuth } from '../../../src/common/auth';
import { Sources } from '../../../src/server/verifiers/Sources';

const SECRET = 'se/cret-ü "1"';
const redactor = new Redactor([SECRET]);

describe('a text is found however it is written', () => {
  test.each([
    ['as it is', `a=${SECRET}&b`, 'a=[redacted]&b'],
    ['percent-encoded', `/?t=${encodeURIComponent(SECRET)}&b=1`, '/?t=[redacted]&b=1'],
    ['in lower case', `/?t=${encodeURIComponent(SECRET).toLowerCase()}`, '/?t=[redacted]'],
    ['with more encoded than has to be', `t=%73%65/cret-%c3%bc%20%221%22!`, 't=[redacted]!'],
    ['in a form', `t=${new URLSearchParams({ t: SECRET }).toString().slice(2)}`, 't=[redacted]'],
    ['in JSON', JSON.stringify({ a: SECRET, b: 1 }), '{"a":"[redacted]","b":1}'],
    ['in JSON with escapes', '["\\u0073e\\/cret-\\u00fC \\"1\\""]', '["[redacted]"]'],
    ['in XML', '<a>&#115;e&#x2F;cret-&#252; &quot;1&quot;</a>', '<a>[redacted]</a>'],
    [
      'in a URL in a URL',
      `/?u=${encodeURIComponent(`/a?t=${encodeURIComponent(SECRET)}`)}`,
      '/?u=%2Fa%3Ft%3D[redacted]',
    ],
    ['in JSON in JSON', JSON.stringify({ a: JSON.stringify({ b: SECRET }) }), '{"a":"{\\"b\\":\\"[redacted]\\"}"}'],
    [
      'in a URL in JSON in JSON',
      JSON.stringify(JSON.stringify(`?${encodeURIComponent(`&\\${SECRET}`)}`)),
      String.raw`"\"?%26%5C[redacted]\""`,
    ],
    ['twice', `${SECRET}${SECRET}`, '[redacted][redacted]'],
  ])('%s', (_how, text, expected) => {
    expect(redactor.text(text)).toBe(expected);
    expect(redactor.body(Buffer.from(text)).toString()).toBe(expected);
  });

  test('in UTF-16 of either order, and among bytes that are no text', () => {
    const little = Buffer.from(`<${SECRET}>`, 'utf16le');
    expect(redactor.body(little)).toEqual(Buffer.from('<[redacted]>', 'utf16le'));
    expect(redactor.body(Buffer.from(little).swap16())).toEqual(Buffer.from('<[redacted]>', 'utf16le').swap16());
    const bytes = Buffer.concat([Buffer.from([0xff, 0x00]), Buffer.from(SECRET), Buffer.from([0xfe])]);
    expect(redactor.body(bytes)).toEqual(
      Buffer.concat([Buffer.from([0xff, 0x00]), Buffer.from('[redacted]'), Buffer.from([0xfe])]),
    );
  });
});

test('all that holds nothing stays as it is, the same bytes and the same objects', () => {
  const value = { a: ['%', '\\', '&', '%zz', '\\u12', '&#;', '&nope;', '&#99999999;'], n: 1, x: null };
  expect(redactor.value(value)).toBe(value);
  for (const text of ['', '%', '%4', '\\', '\\u00', '&', '&#x;', '&amp', 'se/cret', '\ud800', 'ü%c3']) {
    expect(redactor.text(text)).toBe(text);
    const body = Buffer.from(text);
    expect(redactor.body(body)).toBe(body);
  }
});

test('a character beyond the first 65,536, as JSON escapes it', () => {
  const emoji = new Redactor(['key-🔑-12345']);
  expect(emoji.text(String.raw`"key-\ud83d\udd11-12345"`)).toBe('"[redacted]"');
  expect(emoji.text('key-&#x1f511;-12345')).toBe('[redacted]');
  const halves = String.raw`\ud83d \udd11 \ud83d\ud83d`;
  expect(emoji.text(halves)).toBe(halves);
});

test('a text that is there more often than anybody would send it takes all of what holds it with it', () => {
  const often = Array.from({ length: 10_001 }, () => `${SECRET} and more`);
  expect(redactor.value({ a: [...often, 'yet another text'], b: 'short' })).toEqual({
    a: Array(10_002).fill('[redacted]'),
    b: 'short',
  });
  expect(redactor.body(Buffer.from(often.join('\n'))).toString()).toBe('[redacted]');
  expect(redactor.body(Buffer.from(often.slice(2).join('\n'))).toString()).toBe(
    Array(9_999).fill('[redacted] and more').join('\n'),
  );
});

test('values and names of fields, however deep', () => {
  const given = { a: [{ b: `x ${SECRET}` }], [SECRET]: 1, c: 2 };
  expect(redactor.value(given)).toEqual({ a: [{ b: 'x [redacted]' }], '[redacted]': 1, c: 2 });
  expect(new Redactor(['12345678']).value([12345678, 123456789])).toEqual(['[redacted]', 123456789]);
});

test('a short text is no credential wherever it stands by chance', () => {
  const short = new Redactor(['abcd', 'x']);
  expect(short.value(['abcd', 'abcde', 'x'])).toEqual(['[redacted]', 'abcde', 'x']);
  expect(short.body(Buffer.from('abcd')).toString()).toBe('abcd');
});

describe('what counts as a credential', () => {
  const request = (headers: Record<string, string | string[]>, url = '/hook') => ({
    method: 'POST',
    url,
    headers,
    rawBody: Buffer.from('{"value":[{"clientState":"graph-state"},{"clientState":"other-state"}]}'),
  });
  const graph: WebhookAuth = { type: 'provider', provider: 'msgraph', secrets: [] };
  const basic = Buffer.from('u:pass:word').toString('base64');
  test.each<[string, WebhookAuth, ReturnType<typeof request>, string[]]>([
    [
      'basic',
      { type: 'basic', username: 'u', passwords: [] },
      request({ authorization: `Basic ${basic}` }),
      [basic, 'u:pass:word', 'pass:word'],
    ],
    ['a bearer token', { type: 'jwt', algorithms: ['HS256'] }, request({ authorization: 'Bearer a.b.c' }), ['a.b.c']],
    [
      'a token in the query, encoded, and twice',
      { type: 'token', in: 'query', name: 'key', secrets: [] },
      request({}, '/hook?key=a%2Fb&%6Bey=c'),
      ['a/b', 'c'],
    ],
    [
      'a doubled header',
      { type: 'basic', username: 'u', passwords: [] },
      request({ authorization: ['one', 'two'] }),
      ['one', 'two'],
    ],
    ['fields of a list', graph, request({}), ['graph-state', 'other-state']],
    ['a signature, which is none', { type: 'provider', provider: 'github', secrets: [] }, request({}), []],
  ])('%s', (_what, auth, given, expected) => {
    expect(credentialsIn(credentialPlaces(auth), new Sources(given, {}), true)).toEqual(
      expect.arrayContaining(expected),
    );
  });

  test('nothing of a body whose sender is not verified is looked at', () => {
    expect(credentialsIn(credentialPlaces(graph), new Sources(request({}), {}), false)).toEqual([]);
  });
});

test.each(['valueOf', 'toString', '__proto__', 'constructor', 'nbsp'])('"&%s;" is no character', (name) => {
  const text = `&${name};&amp; ${'x'.repeat(20)}`;
  expect(redactor.text(text)).toBe(text);
  expect(redactor.text(`&${name};se&#47;cret-ü "1"`)).toBe(`&${name};[redacted]`);
});

test('one text of a value that holds it is enough to be found, wherever the others end', () => {
  const others = ['&#11', '5;', '%7', '3', '\\u00', '73', '\\', '&', 'se/cret-ü', ' "1"'];
  expect(redactor.value(others)).toBe(others);
  expect(redactor.value([...others, `${SECRET}!`, 7])).toEqual([...others, '[redacted]!', 7]);
  expect(redactor.value({ a: { [`<${SECRET}>`]: [] } })).toEqual({ a: { '<[redacted]>': [] } });
});

describe('work on what anybody may have sent is bounded', () => {
  test('a text that is the body and the value too is looked through once, at each level of escapes', () => {
    const find = jest.spyOn(TextSearch.prototype, 'find');
    try {
      const looking = new Redactor([SECRET]);
      const text = '%25252525'.repeat(1_000);
      const body = Buffer.from(text);
      expect(looking.body(body)).toBe(body);
      expect(looking.body(Buffer.from(text)).toString()).toBe(text);
      expect(looking.text(text)).toBe(text);
      expect(looking.value({ a: text })).toEqual({ a: text });
      // As it is and with three levels of escapes undone; each body in the two orders of UTF-16.
      const levels = 9_000 + 7_000 + 5_000 + 3_000;
      expect(find.mock.calls.reduce((total, [bytes]) => total + bytes.length, 0)).toBe(levels + 4 * 9_000);
    } finally {
      find.mockRestore();
    }
  });

  test('one that is found at several levels is cut out of each', () => {
    const once = encodeURIComponent(SECRET);
    const twice = encodeURIComponent(once);
    expect(redactor.text(`${twice}&${SECRET}&${encodeURIComponent(twice)}&${once}`)).toBe(
      '[redacted]&[redacted]&[redacted]&[redacted]',
    );
  });

  const token: WebhookAuth = { type: 'token', in: 'query', name: 't', secrets: [] };
  const given = (query: string) => ({ method: 'POST', url: `/hook?${query}`, headers: {}, rawBody: Buffer.alloc(0) });

  // Two hundred thousand spaces, tried one by one, take minutes.
  test('a credential of spaces', () => {
    const found = credentialsIn(credentialPlaces(token), new Sources(given(`t=a${'+'.repeat(200_000)}%0A`), {}), false);
    expect(found).toContain(`a${' '.repeat(200_000)}\n`);
    expect(credentialsIn(credentialPlaces(token), new Sources(given('t=Bearer++abc'), {}), false)).toContain('abc');
  });

  test('many credentials where one is asked for', () => {
    const query = Array.from({ length: 1_000 }, (_x, index) => `t=token-${index}`).join('&');
    expect(credentialsIn(credentialPlaces(token), new Sources(given(query), {}), false).filter(Boolean)).toHaveLength(
      8,
    );
  });
});
