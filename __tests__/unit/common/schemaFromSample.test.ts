import { schemaFromSample } from '../../../src/common/schemaFromSample';
import { checkSchema } from '../../../src/server/schema/checkSchema';
import { compileSchema } from '../../../src/server/schema/compileSchema';

const $schema = 'https://json-schema.org/draft/2020-12/schema';

it.each<[unknown, object]>([
  [null, {}],
  ['a', { type: 'string' }],
  ['2030-01-02T03:04:05Z', { type: 'string', format: 'date-time' }],
  [1.5, { type: 'number' }],
  [[], { type: 'array' }],
  [
    { a: 1, b: null },
    { type: 'object', properties: { a: { type: 'number' }, b: {} }, required: ['a', 'b'] },
  ],
  [
    [
      { a: 1, c: 'x' },
      { a: 'y', b: true, c: 'z' },
    ],
    {
      type: 'array',
      items: {
        type: 'object',
        properties: { a: {}, b: { type: 'boolean' }, c: { type: 'string' } },
        required: ['a', 'c'],
      },
    },
  ],
  [[[1], ['a']], { type: 'array', items: { type: 'array', items: {} } }],
  [['2030-01-02T03:04:05Z', 'later'], { type: 'array', items: { type: 'string' } }],
])('makes a schema of %j, which the server takes and the sample satisfies', (sample, schema) => {
  const made = schemaFromSample(sample);
  expect(made).toEqual({ $schema, ...schema });
  expect(checkSchema(made)).toBeNull();
  expect(compileSchema(made, '')(sample)).toEqual([]);
});
