import { fromHeaders, fromJson, fromQuery, mergeDeclared } from '../../../src/client-v2/panel/variables/samples';

test('reads every field of a JSON body with its type', () => {
  const body = { id: 7, ok: true, at: '2030-01-31T10:00:00Z', none: null, owner: { name: 'x' }, tags: ['a'] };
  expect(fromJson(JSON.stringify(body))).toEqual([
    { path: 'id', type: 'number' },
    { path: 'ok', type: 'boolean' },
    { path: 'at', type: 'date' },
    { path: 'none' },
    { path: 'owner', type: 'object' },
    { path: 'owner.name', type: 'string' },
    { path: 'tags', type: 'array' },
  ]);
});

test("a list's fields are those of all its items", () => {
  expect(fromJson('{"commits":[{"id":"1"},{"id":"2","distinct":true}]}')).toEqual([
    { path: 'commits', type: 'array' },
    { path: 'commits.id', type: 'string' },
    { path: 'commits.distinct', type: 'boolean' },
  ]);
});

test('names of any kind are read, quoted where a path needs it', () => {
  const body = '{"a.b":{"c":1},"":2,"c\\"d":3,"{{e}}":4,"x-y":5,"订单":[{"n.1":"x"}]}';
  expect(fromJson(body)?.map(({ path }) => path)).toEqual([
    ...['["a.b"]', '["a.b"].c', '[""]', 'c"d', '{{e}}', 'x-y', '订单', '订单["n.1"]'],
  ]);
});

test('text that is not JSON is no sample', () => {
  expect(fromJson('{"a":')).toBeNull();
});

test('a huge sample is cut off', () => {
  const wide = Object.fromEntries(Array.from({ length: 5000 }, (_item, index) => [`k${index}`, index]));
  expect(fromJson(JSON.stringify(wide))?.length).toBe(400);
});

test('reads header lines, once each, in lower case', () => {
  const pasted = 'POST /x HTTP/1.1\r\nHost: a\r\nX-GitHub-Event: push\r\nx-github-event: push\r\nnonsense';
  expect(fromHeaders(pasted).map(({ path }) => path)).toEqual(['host', 'x-github-event']);
});

test.each([
  [
    'https://a.example/x?a=1&b%5Bc%5D=2#end',
    [
      { path: 'a', type: 'string' },
      { path: 'b.c', type: 'string' },
    ],
  ],
  [
    'tag=1&tag=2&ids[]=3',
    [
      { path: 'tag', type: 'array' },
      { path: 'ids', type: 'array' },
    ],
  ],
  [
    '?data.id=1&hub.challenge=2&a[b][c.d]=3&x%5B=4',
    [
      { path: '["data.id"]', type: 'string' },
      { path: '["hub.challenge"]', type: 'string' },
      { path: 'a.b["c.d"]', type: 'string' },
      { path: 'x[', type: 'string' },
    ],
  ],
])('reads the query of %s', (pasted, expected) => {
  expect(fromQuery(pasted)).toEqual(expected);
});

test('what was declared before keeps its title', () => {
  const declared = [{ path: 'a', title: 'First', type: 'number' as const }];
  expect(
    mergeDeclared(declared, [
      { path: 'a', type: 'string' },
      { path: 'b', type: 'string' },
    ]),
  ).toEqual([...declared, { path: 'b', type: 'string' }]);
});
