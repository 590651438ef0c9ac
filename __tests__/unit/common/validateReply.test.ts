import type { ReplyConfig } from '../../../src/common/config';
import { validateResponseNode } from '../../../src/common/responseNode';
import { validateConfig } from '../../../src/common/validateConfig';

const QUOTE = 'Put the variable {{variable}} in quotes, braces and all: its value keeps its type.';

it.each<[string, Partial<ReplyConfig>, string[]]>([
  ['a status', { status: 201 }, []],
  ['its digits', { status: '201' }, []],
  ['a variable for it', { status: '{{$context.data.status}}' }, []],
  ['one that is too low', { status: 199 }, ['status']],
  ['one that is too high', { status: '600' }, ['status']],
  ['a text for it', { status: 'ok' }, ['status']],
  ['half a number', { status: 200.5 }, ['status']],
  ['a variable for the content type', { contentType: '{{$context.data.type}}' }, []],
  ['part of one', { contentType: 'image/{{$context.data.type}}' }, []],
  ['no content type', { contentType: 'json' }, ['contentType']],
  ['a script of what was sent', { contentType: 'text/javascript', body: 'f({{$context.data}})' }, ['body']],
  ['cookies', { headers: ['a=1', 'b=2'].map((value) => ({ name: 'Set-Cookie', value })) }, []],
  ['two locations', { headers: ['Location', 'location'].map((name) => ({ name, value: '/' })) }, ['headers.1.name']],
  ['quoted variables', { body: '{"a": "{{$context.data.a}}", "b": ["{{$context.data.b}} \\" {{x}}"]}' }, []],
  ['a variable alone', { body: '{{$context.data}}' }, []],
  ['a text with variables', { body: '{{$context.data.a}}: {{$context.data.b}}' }, []],
  ['braces that are a text', { body: '{ {{$context.data.a}} }' }, []],
  ['a number', { body: '5{{$context.data}}' }, []],
  ['a bare variable', { body: '{"total": {{$context.data.n}}}' }, ['body']],
  ['bare ones in a list', { body: '[{{$context.data.a}}, {{$context.data.b}}]' }, ['body']],
  ['one beside a quoted one', { body: '{"a": "{{x}}", "b": {"c": {{ y }}}}' }, ['body']],
  ['one behind a sign', { body: '{"a": -{{x}}}' }, ['body']],
  ['one for a name', { body: '{ {{x}}: 1 }' }, ['body']],
  ['bare variables that are text', { contentType: 'text/plain', body: '{"total": {{x}}}' }, []],
])('finds fault, in all three places, with %s', (_what, reply, places) => {
  expect(validateResponseNode(reply).map(({ path }) => path)).toEqual(places);
  expect(validateConfig({ response: reply }).map(({ path }) => path)).toEqual(places.map((at) => `response.${at}`));
  const onFailure = { status: 500, contentType: 'application/json', ...reply };
  expect(validateConfig({ response: { onFailure } }).map(({ path }) => path)).toEqual(
    places.map((at) => `response.onFailure.${at}`),
  );
});

it('says which variable to quote', () => {
  expect(validateResponseNode({ body: '{"a": "{{x}}", "total": {{ y }}}' })).toEqual([
    { path: 'body', message: QUOTE, values: { variable: 'y' } },
  ]);
});

it.each([408, 504, 202, '408', 200])('takes a status for what is not done in time: %j', (syncTimeoutStatus) => {
  const issues = validateConfig({ syncTimeoutStatus });
  expect(issues).toHaveLength(syncTimeoutStatus === '408' || syncTimeoutStatus === 200 ? 1 : 0);
});

it('finds aliases that nothing has in a status and a content type', () => {
  const response = { status: '{{$context.vars.a}}', contentType: '{{$context.vars.b}}' };
  expect(validateConfig({ response }).map(({ path }) => path)).toEqual(['response.status', 'response.contentType']);
});
