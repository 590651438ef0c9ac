import { defaultConfig } from '../../../src/common/config';
import { describeIssue, readableConfig, validateConfig } from '../../../src/common/validateConfig';

const messages = (config: unknown) => validateConfig(config).map((issue) => `${issue.path}: ${describeIssue(issue)}`);

const githubAuth = { type: 'provider', provider: 'github', options: {} };

it('finds nothing wrong with the defaults, with nothing at all, and with empty parts', () => {
  expect(messages(defaultConfig())).toEqual([]);
  expect(messages({})).toEqual([]);
  expect(messages(null)).toEqual([]);
  expect(messages({ body: {}, response: {}, variables: {}, retry: {} })).toEqual([]);
  expect(messages({ concurrency: 1, orderBy: 'fields:json:tenant,header:x-customer' })).toEqual([]);
  expect(messages({ path: 'orders/:id', orderBy: 'fields:params:id, query:a b,json:["c "],form:d[]' })).toEqual([]);
  expect(messages({ eventFrom: 'json:type', dedupe: { key: 'fields:event,json:a["b,json:c"],body' } })).toEqual([]);
  expect(messages({ auth: githubAuth, orderBy: 'event', dedupe: { key: 'json:a,b' } })).toEqual([]);
  expect(messages({ retry: { times: 3, backoff: 60, on: ['failed', 'timedOut', 'interrupted'] } })).toEqual([]);
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
    /^body\.readAs: This must be one of: auto, json, ndjson, form, xml, text, bytes/,
  ],
  ['an unknown character set', { body: { charset: 'klingon' } }, /^body\.charset: This must be one of: utf-8, utf-16/],
  [
    'an unknown way with numbers',
    { body: { bigNumbers: 'exact' } },
    /^body\.bigNumbers: This must be one of: text, rounded/,
  ],
  ['a switch that is none', { body: { emptyAsNull: 'yes' } }, /^body\.emptyAsNull: This must be true or false/],
  ['fields that are none', { body: { jsonFields: ['payload', ''] } }, /^body\.jsonFields\.1: This is required/],
  ['an order by nothing', { orderBy: '' }, /^orderBy: This is required/],
  ['an order by an unknown place', { concurrency: 8, orderBy: 'cookie:a' }, /^orderBy: Give header:…/],
  ['an order by a path without a place', { orderBy: 'customer.id' }, /^orderBy: Give header:…/],
  ['an order by a NUL', { orderBy: 'header:\u0000' }, /^orderBy: .*no control characters/],
  ['an order by a line break', { orderBy: 'fields:json:a,header:x\nY' }, /^orderBy: .*no control characters/],
  ['an order by half of a character', { orderBy: 'query:\ud800' }, /^orderBy: .*no half of a character/],
  ['an order by a blank behind', { orderBy: 'json:k ' }, /^orderBy: .*blank: "k "\.$/],
  ['an order by a blank before', { orderBy: 'json:a', dedupe: { key: 'fields:json: a' } }, /^dedupe\.key: .*" a"/],
  ['an order by two words', { orderBy: 'header:a b' }, /^orderBy: "a b" is not a valid header name/],
  [
    'an order by a name beyond ASCII',
    { orderBy: 'fields:json:a,header:é' },
    /^orderBy: "é" is not a valid header name/,
  ],
  ['an order by a parameter of no path', { orderBy: 'params:id' }, /^orderBy: The path has no parameter id/],
  ['an event of another parameter', { path: 'a/:id', eventFrom: 'params:ID' }, /^eventFrom: .*no parameter ID/],
  ['an order by an event of which nothing is known', { orderBy: 'event' }, /^orderBy: Nothing says what the event/],
  ['repeats by such an event', { dedupe: { key: 'fields:event,json:a' } }, /^dedupe\.key: Nothing says what the event/],
  ['an order by several of which nothing is said', { orderBy: 'json:a,json:b' }, /^orderBy: .*begin with fields:/],
  ['repeats by several', { dedupe: { key: 'header:a, body' } }, /^dedupe\.key: .*begin with fields:/],
  ['several events', { eventFrom: 'json:a,header:b' }, /^eventFrom: Name one place alone/],
  ['no end to try again after', { retry: { on: [] } }, /^retry\.on: This is required/],
  ['an end that a person chose', { retry: { on: ['cancelled'] } }, /^retry\.on\.0: .*failed, timedOut, interrupted/],
  ['tries without end', { retry: { times: 101 } }, /^retry\.times: .*from 0 to 100/],
  ['a wait of days', { retry: { backoff: 86_401 } }, /^retry\.backoff: .*from 0 to 86400/],
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

it.each([null, undefined, {}, { path: 7 }, { methods: 'POST' }, { path: 'orders', auth: 'open' }, 'x'])(
  'reads %j, which may have been saved past every hook, as no configuration',
  (stored) => {
    expect(readableConfig(stored)).toEqual(defaultConfig());
  },
);

it('reads a configuration with its defaults', () => {
  expect(readableConfig({ path: 'orders' })).toEqual({ ...defaultConfig(), path: 'orders' });
});
