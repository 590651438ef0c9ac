import { defaultConfig, type ResponseConfig } from '../../../src/common/config';
import { respond } from '../../../src/server/pipeline/respond';
import type { Services } from '../../../src/server/pipeline/stage';
import type { Answer, Started } from '../../../src/server/pipeline/types';

/** The answer of an async webhook with this response configured, called with this body. */
function answer(response: Partial<ResponseConfig>, data: unknown = null, verification: object = {}) {
  const started = {
    context: { data, headers: { 'x-a': 'b' } },
    result: null,
    endpoint: { config: { response: { ...defaultConfig().response, ...response } } },
    verification,
  } as unknown as Started;
  return respond(started, {
    env: () => ({ PLACE: 'Utrecht' }),
    workflows: { functions: { getEntities: () => [] } },
  } as unknown as Services) as Answer;
}

it.each<[string, Partial<ResponseConfig>, unknown, string]>([
  ['nothing', {}, null, ''],
  ['JSON', { body: { ok: true } }, null, '{"ok":true}'],
  ['a variable that keeps its type', { body: { n: '{{$context.data.n}}' } }, { n: 5 }, '{"n":5}'],
  ['a variable inside text', { body: { n: 'no. {{$context.data.n}}' } }, { n: 5 }, '{"n":"no. 5"}'],
  ['the whole body as one variable', { body: '{{$context.data}}' }, { a: [1] }, '{"a":[1]}'],
  ['JSON typed as text', { body: '{"id": "{{$context.data.id}}"}' }, { id: 7 }, '{"id":7}'],
  [
    'a column of a list',
    { body: { ids: '{{$context.data.rows.id}}' } },
    { rows: [{ id: 1 }, { id: 2 }] },
    '{"ids":[1,2]}',
  ],
  ['an environment variable', { body: { at: '{{$env.PLACE}}' } }, null, '{"at":"Utrecht"}'],
  ['text', { contentType: 'text/plain', body: 'hi {{$context.data.name}}' }, { name: 'Ann' }, 'hi Ann'],
  ['text that is an object', { contentType: 'text/plain', body: '{{$context.data}}' }, { a: 1 }, '{"a":1}'],
  ['text that looks like JSON', { contentType: 'text/plain', body: '{"a": 1}' }, null, '{"a": 1}'],
  [
    'a template in what the caller sent',
    { body: { echo: '{{$context.data.x}}' } },
    { x: '{{$env.PLACE}}' },
    '{"echo":"{{$env.PLACE}}"}',
  ],
])('answers with %s', (_what, response, data, body) => {
  expect(answer(response, data).body).toBe(body);
});

it('says what the body is, with a charset where one belongs', () => {
  expect(answer({ body: 1 }).headers['content-type']).toBe('application/json; charset=utf-8');
  expect(answer({ body: 'a', contentType: 'text/html; charset=iso-8859-1' }).headers['content-type']).toBe(
    'text/html; charset=iso-8859-1',
  );
  expect(answer({ body: 'a', contentType: 'application/octet-stream' }).headers['content-type']).toBe(
    'application/octet-stream',
  );
  expect(answer({}).headers).not.toHaveProperty('content-type');
});

it('fills headers in, and lets none end its line', () => {
  const headers = [
    { name: 'X-Id', value: '{{$context.data.id}}' },
    { name: 'X-Evil', value: '{{$context.data.evil}}' },
  ];
  expect(answer({ headers }, { id: 5, evil: 'a\r\nSet-Cookie: x=1\u00e9\ud800' }).headers).toEqual({
    'x-id': '5',
    'x-evil': 'a%0D%0ASet-Cookie: x=1%C3%A9%EF%BF%BD',
  });
});

it.each([204, 205, 304])('sends no body with %d', (status) => {
  expect(answer({ status, body: { a: 1 } })).toEqual({ status, headers: {}, body: '' });
});

it('gives the answer that a provider insists on precedence', () => {
  const reply = { status: 200, contentType: 'text/plain', body: 'success' };
  expect(answer({ status: 202, body: { a: 1 } }, null, { reply })).toEqual({
    status: 200,
    headers: { 'content-type': 'text/plain' },
    body: 'success',
  });
});
