import { schemaVariables } from '../../../src/common/schemaVariables';

it.each<[string, Record<string, unknown>, object[]]>([
  ['nothing', {}, []],
  ['properties', { properties: { a: { type: 'string' }, b: {} } }, [{ path: 'a', type: 'string' }, { path: 'b' }]],
  ['titles', { properties: { a: { title: 'A', type: 'integer' } } }, [{ path: 'a', title: 'A', type: 'number' }]],
  ['dates', { properties: { a: { type: 'string', format: 'date-time' } } }, [{ path: 'a', type: 'date' }]],
  ['a type or null', { properties: { a: { type: ['boolean', 'null'] } } }, [{ path: 'a', type: 'boolean' }]],
  ['several types', { properties: { a: { type: ['string', 'number'] } } }, [{ path: 'a' }]],
  [
    'nesting',
    { properties: { a: { type: 'object', properties: { b: { type: 'number' } } } } },
    [
      { path: 'a', type: 'object' },
      { path: 'a.b', type: 'number' },
    ],
  ],
  [
    'lists',
    { properties: { a: { type: 'array', items: { properties: { b: {} } } } } },
    [{ path: 'a', type: 'array' }, { path: 'a.b' }],
  ],
  [
    'references',
    { properties: { a: { $ref: '#/$defs/x~1y' } }, $defs: { 'x/y': { type: 'object', properties: { b: {} } } } },
    [{ path: 'a', type: 'object' }, { path: 'a.b' }],
  ],
  [
    'parts',
    { allOf: [{ properties: { a: {} } }], anyOf: [{ properties: { b: {} } }], if: {}, then: { properties: { c: {} } } },
    [{ path: 'a' }, { path: 'b' }, { path: 'c' }],
  ],
  [
    'names of any kind, quoted where a path needs it',
    { properties: { 'a.b': { properties: { c: {} } }, 'a[0]': {}, '{{x}}': {}, '': {}, 'content-type': {} } },
    [
      { path: '["a.b"]' },
      { path: '["a.b"].c' },
      { path: 'a[0]' },
      { path: '{{x}}' },
      { path: '[""]' },
      { path: 'content-type' },
    ],
  ],
  [
    'references into nothing',
    { properties: { a: { $ref: '#/none' }, b: { $ref: 'https://example.com' } } },
    [{ path: 'a' }, { path: 'b' }],
  ],
])('reads %s', (_what, schema, variables) => {
  expect(schemaVariables(schema, 'data')).toEqual(variables);
});

it('comes to an end in a schema that refers to itself, and in a huge one', () => {
  expect(schemaVariables({ $ref: '#', properties: { a: { $ref: '#' } } }, 'data').length).toBeLessThan(20);
  const properties = Object.fromEntries(Array.from({ length: 1_000 }, (_v, n) => [`p${n}`, {}]));
  expect(schemaVariables({ properties }, 'data')).toHaveLength(400);
});

it('takes the names of headers as they are, and looks into none', () => {
  expect(schemaVariables({ properties: { 'x.y': { type: 'string', properties: { z: {} } } } }, 'headers')).toEqual([
    { path: 'x.y', type: 'string' },
  ]);
});
