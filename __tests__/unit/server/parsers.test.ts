import { WebhookError } from '../../../src/common/errors';
import { parseBody } from '../../../src/server/parsers';
import { parseQuery } from '../../../src/server/parsers/form';

const parse = (body: string | Buffer, type?: string) => parseBody(Buffer.from(body as string), type);

it.each<[string, string | Buffer, string | undefined, unknown]>([
  ['JSON', '{"a":[1,null]}', 'application/json', { a: [1, null] }],
  ['JSON with a charset', '{"a":"é"}', 'application/json; charset=UTF-8', { a: 'é' }],
  ['JSON with a byte order mark', '\ufeff{"a":1}', 'application/json', { a: 1 }],
  ['a JSON suffix', '{"a":1}', 'application/vnd.api+json', { a: 1 }],
  ['a form', 'a=1&b[c]=2&b[d][]=3&e=%20f+g', 'application/x-www-form-urlencoded', { a: '1', b: { c: '2', d: ['3'] }, e: ' f g' }],
  ['text', 'hi', 'text/plain', 'hi'],
  ['text in Latin-1', Buffer.from([0xe9]), 'text/plain; charset=iso-8859-1', 'é'],
  ['JSON without a content type', '[1]', undefined, [1]],
  ['text without a content type', 'hi', undefined, 'hi'],
  ['an empty body', '', 'application/json', null],
  ['anything else', Buffer.from([1, 2]), 'image/png', { base64: 'AQI=', contentType: 'image/png', size: 2 }],
])('reads %s', (_what, body, type, data) => {
  expect(parse(body, type)).toEqual(data);
});

it.each<[string, string, string, string]>([
  ['broken JSON', '{', 'application/json', 'BODY_MALFORMED'],
  ['an unknown charset', 'a', 'text/plain; charset=klingon', 'TYPE_NOT_SUPPORTED'],
  ['a malformed content type', 'a', 'text', 'TYPE_NOT_SUPPORTED'],
  ['too many form names', Array.from({ length: 2001 }, (_x, i) => `k${i}=1`).join('&'), 'application/x-www-form-urlencoded', 'BODY_MALFORMED'],
  ['too deep form names', `a${'[b]'.repeat(11)}=1`, 'application/x-www-form-urlencoded', 'BODY_MALFORMED'],
])('refuses %s', (_what, body, type, code) => {
  expect(() => parse(body, type)).toThrow(WebhookError);
  try {
    parse(body, type);
  } catch (error) {
    expect((error as WebhookError).code).toBe(code);
  }
});

it('lets no body and no query reach a prototype', () => {
  for (const data of [
    parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"ok":1}', 'application/json'),
    parse('{"\\u005f_proto__":{"polluted":1},"ok":1}', 'application/json'),
    parse('__proto__[polluted]=1&constructor[prototype][polluted]=1&ok=1', 'application/x-www-form-urlencoded'),
    parseQuery('__proto__[polluted]=1&a[__proto__][polluted]=1&ok=1'),
  ]) {
    expect(data).toHaveProperty('ok');
    expect(data).not.toHaveProperty('polluted');
    expect(Object.assign({}, data)).not.toHaveProperty('polluted');
  }
  expect({}).not.toHaveProperty('polluted');
});
