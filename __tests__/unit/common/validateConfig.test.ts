import { defaultConfig } from '../../../src/common/config';
import { describeIssue, validateConfig } from '../../../src/common/validateConfig';

const messages = (config: unknown) => validateConfig(config).map((issue) => `${issue.path}: ${describeIssue(issue)}`);

it('finds nothing wrong with the defaults, with nothing at all, and with empty parts', () => {
  expect(messages(defaultConfig())).toEqual([]);
  expect(messages({})).toEqual([]);
  expect(messages(null)).toEqual([]);
  expect(messages({ body: {}, response: {}, variables: {} })).toEqual([]);
});

it.each<[string, unknown, RegExp]>([
  ['an unknown key', { metods: ['POST'] }, /^metods: Unknown setting "metods"\. Did you mean "methods"\?$/],
  ['an unknown key that is like no other', { frobnicate: 1 }, /^frobnicate: Unknown setting "frobnicate"\.$/],
  ['an unknown nested key', { body: { maxsize: '1mb' } }, /^body\.maxsize: .*Did you mean "maxSize"/],
  ['a key of every object', { constructor: 1 }, /Unknown setting "constructor"/],
  ['no object', [], /must be an object/],
  ['no methods', { methods: [] }, /^methods: Choose at least one/],
  ['an unknown method', { methods: ['TRACE'] }, /^methods\.0: This must be one of: GET, POST/],
  ['a bad path', { path: 'a//b' }, /^path: The path has an empty segment/],
  ['a size without unit', { body: { maxSize: '10' } }, /^body\.maxSize: Give a size/],
  ['a size that is too large', { body: { maxSize: '101mb' } }, /Give a size/],
  [
    'an unknown way to read',
    { body: { readAs: 'yaml' } },
    /^body\.readAs: This must be one of: auto, json, form, xml, text, bytes/,
  ],
  [
    'an unknown way with numbers',
    { body: { bigNumbers: 'exact' } },
    /^body\.bigNumbers: This must be one of: text, rounded/,
  ],
  ['a switch that is none', { body: { emptyAsNull: 'yes' } }, /^body\.emptyAsNull: This must be true or false/],
  ['fields that are none', { body: { jsonFields: ['payload', ''] } }, /^body\.jsonFields\.1: This is required/],
  ['an informational status', { response: { status: 101 } }, /whole number from 200 to 599/],
  ['a content type with a line break', { response: { contentType: 'text/plain\r\nX: y' } }, /not a content type/],
  ['a response header that is no name', { response: { headers: [{ name: 'a b', value: '' }] } }, /valid header name/],
  [
    'a reserved response header',
    { response: { headers: [{ name: 'Content-Length', value: '1' }] } },
    /set by the server/,
  ],
  ['a body without end', { response: { body: ['a'.repeat(200_000)] } }, /^response\.body: .*at most 200000 characters/],
  [
    'conditions without end',
    { filter: { group: { type: 'and', calculations: [{ calculator: 'equal', operands: ['a'.repeat(100_000)] }] } } },
    /^filter: .*at most 100000 characters/,
  ],
  ['an unknown way to verify', { auth: { type: 'magic' } }, /^auth\.type: This must be one of: none, basic/],
  ['basic without a user name', { auth: { type: 'basic', passwords: ['x'] } }, /^auth\.username: This is required/],
  [
    'a user name that can never match',
    { auth: { type: 'basic', username: 'a:b', passwords: ['x'] } },
    /^auth\.username: .*colon/,
  ],
  ...['text/html; charset=iso-2022-jp', 'text/html;CHARSET="utf-7"', 'text/xml; a=b; charset=latin1'].map(
    (contentType): [string, object, RegExp] => [
      `answers in ${contentType}`,
      { response: { contentType, body: 'x' } },
      /^response\.contentType: Answers are sent in UTF-8/,
    ],
  ),
  ['a content type beyond ASCII', { response: { contentType: 'text/plain; a="é"' } }, /is not a content type/],
  [
    'a header that every answer has',
    { response: { headers: [{ name: 'X-Content-Type-Options', value: 'x' }] } },
    /is set by the server/,
  ],
  ...['text/javascript', 'Application/X-JavaScript; a=b', 'text/ecmascript'].map(
    (contentType): [string, object, RegExp] => [
      `variables in ${contentType}`,
      { response: { contentType, body: 'var a = "{{$context.data.a}}"' } },
      /^response\.body: A script can hold no variables/,
    ],
  ),
  [
    'variables in a script for failures',
    { response: { onFailure: { status: 500, contentType: 'text/javascript', headers: [], body: { a: '{{b}}' } } } },
    /^response\.onFailure\.body: A script can hold no variables/,
  ],
  [
    'a user name with a line break',
    { auth: { type: 'basic', username: 'a\nb', passwords: ['x'] } },
    /^auth\.username: .*line break/,
  ],
  [
    'a user name of spaces',
    { auth: { type: 'basic', username: '  ', passwords: ['x'] } },
    /^auth\.username: Leave the user name empty/,
  ],
  [
    'a setting that its provider does not have',
    { auth: { type: 'provider', provider: 'github', options: { verifyToken: 's' } } },
    /^auth\.options\.verifyToken: Unknown setting "verifyToken"\.$/,
  ],
  [
    'a setting that its provider has nearly',
    { auth: { type: 'provider', provider: 'wecom', options: { encodingAesKey: 's' } } },
    /^auth\.options\.encodingAesKey: Unknown setting "encodingAesKey"/,
  ],
  ['a setting of another way to verify', { auth: { type: 'none', name: 'x-api-key' } }, /^auth\.name: Unknown setting/],
  ['an unknown provider', { auth: { type: 'provider', provider: 'nobody' } }, /no provider "nobody"/],
  ['a secret that is a number', { auth: { type: 'token', in: 'header', name: 'x', secrets: [1] } }, /auth\.secrets\.0/],
  [
    'a source that is none',
    { auth: { type: 'signature', sig: { from: 'x-signature' } } },
    /^auth\.sig\.from: Say where/,
  ],
  ['a variable path with two dots', { variables: { data: [{ path: 'a..b' }] } }, /single dots/],
  ['a time-out of zero', { syncTimeout: 0 }, /whole number from 1 to 600000/],
])('refuses %s', (_what, config, message) => {
  expect(messages(config)).toEqual([expect.stringMatching(message)]);
});

it('takes every way to verify, with the secrets of the contract beside it', () => {
  for (const auth of [
    { type: 'none', secrets: [] },
    { type: 'basic', username: 'u', passwords: ['p:ä'], secrets: [] },
    { type: 'token', in: 'query', name: 'token', secrets: ['a', { name: 'b', value: '{{$env.B}}' }] },
    { type: 'signature', sig: { from: 'header:x-sig' }, secrets: ['a'] },
    { type: 'provider', provider: 'github', secrets: [{ sealed: 'ff', expiresAt: '2030-01-01' }], options: {} },
  ]) {
    expect(messages({ auth })).toEqual([]);
  }
});
