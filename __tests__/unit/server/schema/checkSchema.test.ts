import { describeIssue } from '../../../../src/common/validateConfig';
import { checkSchema } from '../../../../src/server/schema/checkSchema';

const DRAFT_07 = 'http://json-schema.org/draft-07/schema#';
const DRAFT_2020 = 'https://json-schema.org/draft/2020-12/schema';

function nested(levels: number): Record<string, unknown> {
  return levels === 0 ? {} : { properties: { a: nested(levels - 1) } };
}

it.each<[string, Record<string, unknown>]>([
  ['nothing asked', {}],
  [
    'draft-07',
    { $schema: DRAFT_07, definitions: { a: { type: 'string' } }, properties: { a: { $ref: '#/definitions/a' } } },
  ],
  ['draft-07 tuples', { $schema: DRAFT_07, items: [{ type: 'string' }], additionalItems: false }],
  ['2020-12', { $schema: DRAFT_2020, $defs: { a: { type: 'string' } }, properties: { a: { $ref: '#/$defs/a' } } }],
  ['2020-12 tuples', { prefixItems: [{ type: 'string' }], items: false, unevaluatedProperties: false }],
  ['an anchor', { $defs: { a: { $anchor: 'here', type: 'string' } }, $ref: '#here' }],
  ['a tree that refers to itself', { properties: { children: { type: 'array', items: { $ref: '#' } } } }],
  ['formats', { properties: { at: { type: 'string', format: 'date-time' }, id: { format: 'uuid' } } }],
  ['patterns', { pattern: '^\\d{4}-[\\w.]+\\u0041$', patternProperties: { '^x-': true } }],
  ['annotations', { title: 'A', description: 'b', examples: [{ type: 5 }], example: 1, default: { if: 1 } }],
  ['several types', { type: ['string', 'null'] }],
])('takes %s', (_what, schema) => {
  expect(checkSchema(schema)).toBeNull();
});

it.each<[string, Record<string, unknown>, RegExp]>([
  ['a type that is none', { type: 'strng' }, /not a valid 2020-12 schema: schema\/type must be/],
  ['a keyword that is none', { requried: ['a'] }, /unknown keyword: "requried"/],
  ['a format that is none', { format: 'e-mail' }, /unknown format "e-mail"/],
  ['a keyword of another dialect', { $schema: DRAFT_07, prefixItems: [{}] }, /unknown keyword: "prefixItems"/],
  ['another dialect', { $schema: 'http://json-schema.org/draft-04/schema#' }, /Only JSON Schema draft-07 and 2020-12/],
  [
    'a remote reference',
    { $ref: 'https://example.com/schema.json' },
    /"https:\/\/example.com\/schema.json", which is not in it/,
  ],
  ['a reference into nothing', { $ref: '#/$defs/nothing' }, /which is not in it/],
  ['a lookahead', { pattern: '(?=a)b' }, /Lookahead, lookbehind and backreferences/],
  ['a backreference', { patternProperties: { '(a)\\1': true } }, /The pattern "\(a\)\\1" can't be used/],
  ['a pattern that is none', { pattern: '(' }, /must match format "regex"|can't be used/],
  [
    'patterns that take long to compile',
    { allOf: Array.from({ length: 100 }, (_v, i) => ({ pattern: `a{1,${900 + i}}` })) },
    /too large/,
  ],
  ['a schema that is itself', { $ref: '#' }, /without end/],
  [
    'a circle',
    { $ref: '#/$defs/a', $defs: { a: { allOf: [{ $ref: '#/$defs/b' }] }, b: { not: { $ref: '#/$defs/a' } } } },
    /without end/,
  ],
  [
    'a schema that doubles with every step',
    {
      $ref: '#/$defs/a0',
      $defs: Object.fromEntries(
        Array.from({ length: 30 }, (_v, i) => [
          `a${i}`,
          i === 29 ? {} : { allOf: [{ $ref: `#/$defs/a${i + 1}` }, { $ref: `#/$defs/a${i + 1}` }] },
        ]),
      ),
    },
    /without end/,
  ],
  ['a deep schema', nested(60), /too large/],
  ['a long schema', { description: 'x'.repeat(100_001) }, /too large/],
])('refuses %s', (_what, schema, message) => {
  const problem = checkSchema(schema);
  expect(problem && describeIssue({ path: '', ...problem })).toMatch(message);
});

it('refuses a pattern on the server that could hang another engine, or can take it', () => {
  expect(checkSchema({ pattern: '^(a+)+$' })).toBeNull();
});
