import { atPublicUrl, normalizePublicUrl, publicUrlRule } from '../../../src/common/publicUrl';
import { describeIssue } from '../../../src/common/validateConfig';

const problem = (value: unknown) => publicUrlRule(value, '').map(describeIssue)[0];

it.each([
  ['', ''],
  ['  ', ''],
  ['https://hooks.example.com', 'https://hooks.example.com'],
  [' https://hooks.example.com/ ', 'https://hooks.example.com'],
  ['HTTPS://Hooks.Example.COM', 'https://hooks.example.com'],
  ['https://hooks.example.com:443', 'https://hooks.example.com'],
  ['http://hooks.example.com:80/', 'http://hooks.example.com'],
  ['https://hooks.example.com:8443/', 'https://hooks.example.com:8443'],
  ['https://example.com/nocobase', 'https://example.com/nocobase'],
  ['https://example.com/NocoBase//', 'https://example.com/NocoBase'],
  ['https://example.com/a%20b/c', 'https://example.com/a%20b/c'],
  ['https://example.com/a/./b/../c', 'https://example.com/a/c'],
  ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ['http://192.0.2.1:13000', 'http://192.0.2.1:13000'],
  ['http://[2001:DB8::1]:13000/nb', 'http://[2001:db8::1]:13000/nb'],
])('%j is taken, and becomes %j', (entered, expected) => {
  expect(problem(entered)).toBeUndefined();
  expect(normalizePublicUrl(entered)).toBe(expected);
  expect(normalizePublicUrl(expected)).toBe(expected);
});

const SCHEME = 'The public URL must begin with https:// or http://.';
const PARTS = 'The public URL may have no query, no fragment and no user name.';

it.each([
  ['hooks.example.com', SCHEME],
  ['ftp://hooks.example.com', SCHEME],
  ['javascript:alert(1)', SCHEME],
  ['https:hooks.example.com', SCHEME],
  ['//hooks.example.com', SCHEME],
  ['https://hooks.example.com?a=1', PARTS],
  ['https://hooks.example.com/?', PARTS],
  ['https://hooks.example.com/#', PARTS],
  ['https://user@hooks.example.com', PARTS],
  ['https://user:secret@hooks.example.com/nb', PARTS],
  ['https://@hooks.example.com', PARTS],
  ['https://', 'is not a web address'],
  ['https:///nb', 'is not a web address'],
  ['https://hooks.example.com:99999', 'is not a web address'],
  ['https://hooks example.com', 'is not a web address'],
  ['https://hooks.example.com/a b', 'is not a web address'],
  ['https://user:se/cret@hooks.example.com', '"…@hooks.example.com" is not a web address'],
  ['https:///user:secret@hooks.example.com', '"…@hooks.example.com" is not a web address'],
  ['https://hooks.example.com\\nb', 'is not a web address'],
  ['https://hooks.exa\nmple.com', 'is not a web address'],
  ['https://[::1', 'is not a web address'],
  [`https://hooks.example.com/${'a'.repeat(500)}`, 'This may have at most 500 characters.'],
  [null, 'This must be text.'],
  [1, 'This must be text.'],
  [['https://hooks.example.com'], 'This must be text.'],
])('%j is refused', (entered, expected) => {
  expect(problem(entered)).toContain(expected);
});

it('takes a path with an @ in it, which is no user name', () => {
  expect(problem('https://example.com/@team')).toBe(undefined);
});

it.each([
  ['no prefix', 'https://h.example', '/api/webhooks/k', 'https://h.example/api/webhooks/k'],
  ['a query', 'https://h.example', '/api/webhooks/k?a=%20b&a', 'https://h.example/api/webhooks/k?a=%20b&a'],
  ['a prefix that is taken off', 'https://h.example/nb', '/api/webhooks/k', 'https://h.example/nb/api/webhooks/k'],
  ['a prefix that is left', 'https://h.example/nb', '/nb/api/webhooks/k', 'https://h.example/nb/api/webhooks/k'],
  ['a long prefix that is left', 'https://h.example/a/b', '/a/b/api/w', 'https://h.example/a/b/api/w'],
  ['half of a prefix', 'https://h.example/a/b', '/a/api/w', 'https://h.example/a/b/a/api/w'],
  ['a prefix in letters only', 'https://h.example/ap', '/api/webhooks/k', 'https://h.example/ap/api/webhooks/k'],
  ['a prefix in other letters', 'https://h.example/NB', '/nb/api/w', 'https://h.example/NB/nb/api/w'],
  ['a prefix and nothing more', 'https://h.example/nb', '/nb?a=1', 'https://h.example/nb?a=1'],
  ['a prefix in the query', 'https://h.example/nb', '/api/w?/nb', 'https://h.example/nb/api/w?/nb'],
  [
    'a sub-app',
    'https://h.example:8443/nb',
    '/api/__app/sales/webhooks/k',
    'https://h.example:8443/nb/api/__app/sales/webhooks/k',
  ],
])('the URL that is called: %s', (_what, publicUrl, path, expected) => {
  expect(atPublicUrl(publicUrl, path)).toBe(expected);
});
