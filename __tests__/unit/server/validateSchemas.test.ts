import type { WebhookConfigInput } from '../../../src/common/config';
import { validateSchemas } from '../../../src/server/validateSchemas';

it.each<[string, WebhookConfigInput, string[]]>([
  ['nothing', {}, []],
  [
    'good ones',
    { body: { schema: { type: 'object' } }, query: { schema: { properties: { n: { type: 'number' } } } } },
    [],
  ],
  ['a bad one for the body', { body: { schema: { type: 'x' } } }, ['body.schema']],
  [
    'bad ones everywhere',
    {
      body: { schema: { $ref: 'http://a/b' } },
      headers: { schema: { pattern: '(?=a)' } },
      query: { schema: { format: 'x' } },
    },
    ['body.schema', 'query.schema', 'headers.schema'],
  ],
  ['a header in capitals', { headers: { schema: { properties: { 'X-Id': {} } } } }, ['headers.schema']],
  [
    'a parameter that the path does not have',
    { path: 'orders/:orderId', params: { schema: { properties: { orderId: { type: 'integer' }, id: {} } } } },
    ['params.schema'],
  ],
  ['a required one that it does not have', { params: { schema: { required: ['id'] } } }, ['params.schema']],
  ['parameters that it has', { path: ':id/:at', params: { schema: { required: ['id'], properties: { at: {} } } } }, []],
  ['a required header in capitals', { headers: { schema: { required: ['X-Id'] } } }, ['headers.schema']],
])('finds fault with %s', (_what, config, paths) => {
  expect(validateSchemas(config).map(({ path }) => path)).toEqual(paths);
});

it('says how a header is written', () => {
  expect(validateSchemas({ headers: { schema: { required: ['X-Id'] } } })).toEqual([
    {
      path: 'headers.schema',
      message: 'Header names are in lower case here: write "{{name}}".',
      values: { name: 'x-id' },
    },
  ]);
});
