import type { JsonSchema } from '../../../src/common/config';
import { MEGABYTE, short, times } from './fill';

/** A schema, and a value of a megabyte or less that takes it as long as it can. */
export interface WorstSchema {
  name: string;
  schema: JsonSchema;
  value: unknown;
}

const DRAFT_07 = 'http://json-schema.org/draft-07/schema#';

const list = (count: number, make: (index: number) => unknown = (index) => index): unknown[] => times(count, make);
const table = (count: number, value: (index: number) => unknown = () => 0): Record<string, unknown> =>
  Object.fromEntries(times(count, (index) => [`k${short(index)}`, value(index)]));
const names = (count: number, prefix = 'p'): string[] => times(count, (index) => `${prefix}${short(index)}`);
const nested = (levels: number, inner: unknown = 0): unknown =>
  levels === 0 ? inner : { a: nested(levels - 1, inner) };
const text = 'a'.repeat(MEGABYTE);

/** So many times the same subschema where one is enough to be refused by. */
const any = (count: number, subschema: (index: number) => JsonSchema): JsonSchema => ({
  anyOf: times(count, subschema),
});
const all = (count: number, subschema: (index: number) => JsonSchema): JsonSchema => ({
  allOf: times(count, subschema),
});
/** Every value at every level. */
const everywhere = (inner: JsonSchema): JsonSchema => ({
  ...inner,
  items: { $ref: '#' },
  additionalProperties: { $ref: '#' },
});

const FORMATS = [
  'date',
  'date-time',
  'iso-time',
  'iso-date-time',
  'duration',
  'uri',
  'uri-reference',
  'uri-template',
  'url',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'regex',
  'uuid',
  'json-pointer',
  'byte',
];

/** Texts that formats look at to their end. */
const FORMATTED = ['t', ' ', 'a', '0', 'a.', 'a-', '%41', '{a}', '~0', '/a', '[a]', '::', '(a|'];

const CASES: [string, JsonSchema, unknown][] = [
  [
    'anyOf of large enums',
    { items: any(200, (n) => ({ enum: times(80, (m) => n * 80 + m) })) },
    list(150_000, () => -1),
  ],
  [
    'anyOf of large enums of texts',
    any(900, (n) => ({ enum: times(20, (m) => `${text.slice(0, 8)}${n * 20 + m}`) })),
    text,
  ],
  ['one large enum', { items: { enum: times(12_000, (n) => -n) } }, list(150_000)],
  [
    'enum of objects',
    { items: { enum: times(2_000, (n) => ({ a: { b: n } })) } },
    list(60_000, (n) => ({ a: { b: -n } })),
  ],
  [
    'anyOf of enums of objects, and a large table',
    any(900, (n) => ({ enum: times(20, (m) => ({ a: n * 20 + m })) })),
    table(80_000),
  ],
  ['anyOf of enums of tables, and one almost as large', any(60, (n) => ({ enum: [table(300, () => n)] })), table(299)],
  ['enum of a large object', { items: { enum: [table(4_000)] } }, list(200, () => table(400))],
  ['const of a large object', { items: { const: table(4_000) } }, list(30, () => table(4_000, (n) => n))],
  ['anyOf of consts', { items: any(400, (n) => ({ const: -n })) }, list(150_000)],
  ['anyOf of types', { items: any(400, () => ({ type: 'string' })) }, list(150_000)],
  ['anyOf of limits', { items: any(400, (n) => ({ maximum: -n })) }, list(150_000)],
  ['allOf of limits', { items: all(400, (n) => ({ minimum: -n })) }, list(150_000)],
  ['oneOf of limits', { items: { oneOf: times(400, (n) => ({ minimum: -n })) } }, list(150_000)],
  ['multipleOf', { items: any(400, (n) => ({ multipleOf: n / 7 + 0.01 })) }, list(150_000)],
  ['anyOf of lengths', any(400, (n) => ({ maxLength: n })), text],
  ['anyOf of lengths of pairs', any(400, (n) => ({ maxLength: n })), '😀'.repeat(MEGABYTE / 4)],
  ['allOf of lengths', all(400, () => ({ minLength: 1 })), text],
  ['not', { items: all(400, (n) => ({ not: { maximum: -n - 1 } })) }, list(150_000)],
  [
    'if, then, else',
    { items: all(700, (n) => ({ if: { maximum: -n }, then: false, else: { minimum: -n } })) },
    list(150_000),
  ],
  ['required', { items: { required: names(1_000) } }, list(80_000, () => ({ a: 0 }))],
  ['anyOf of required', { items: any(400, (n) => ({ required: [`p${n}`] })) }, list(80_000, () => ({ a: 0 }))],
  ['required that is there', { items: { required: names(100, 'k') } }, list(1_000, () => table(100))],
  ['dependentRequired', { items: { dependentRequired: { a: names(1_000) } } }, list(80_000, () => ({ a: 0 }))],
  [
    'many dependentRequired',
    { items: { dependentRequired: Object.fromEntries(names(500).map((name) => [name, ['a']])) } },
    list(80_000, () => ({ a: 0 })),
  ],
  ['dependencies', { $schema: DRAFT_07, items: { dependencies: { a: names(1_000) } } }, list(80_000, () => ({ a: 0 }))],
  [
    'dependentSchemas',
    { items: { dependentSchemas: Object.fromEntries(times(400, (n) => [short(n), { minProperties: 1 }])) } },
    list(80_000, () => ({ a: 0 })),
  ],
  [
    'properties',
    { items: { properties: Object.fromEntries(names(500).map((name) => [name, { type: 'string' }])) } },
    list(80_000, () => ({ a: 0 })),
  ],
  ['minProperties of a table', all(400, () => ({ minProperties: 1 })), table(80_000)],
  ['propertyNames', all(400, () => ({ propertyNames: { maxLength: 20 } })), table(80_000)],
  ['anyOf of propertyNames', any(400, () => ({ propertyNames: { pattern: '^z' } })), table(80_000)],
  ['additionalProperties', all(400, () => ({ additionalProperties: { type: 'number' } })), table(80_000)],
  [
    'additionalProperties beside many',
    all(100, () => ({
      properties: Object.fromEntries(names(40).map((name) => [name, true])),
      additionalProperties: true,
    })),
    table(80_000),
  ],
  [
    'anyOf of no additional ones',
    any(400, (n) => ({ properties: { [`p${n}`]: true }, additionalProperties: false })),
    table(80_000),
  ],
  [
    'patternProperties',
    all(20, (n) => ({ patternProperties: Object.fromEntries(times(50, (m) => [`x${n}y${m}$`, true])) })),
    table(80_000),
  ],
  [
    'references under names of slashes',
    { additionalProperties: all(300, () => ({ $ref: '#/$defs/n' })), $defs: { n: { type: 'number', minimum: 0 } } },
    Object.fromEntries(times(9_000, (n) => [`${'/'.repeat(95)}${short(n)}`, 0])),
  ],
  [
    'references under a long name',
    { additionalProperties: all(500, () => ({ $ref: '#/$defs/n' })), $defs: { n: { type: 'number', minimum: 0 } } },
    { ['/'.repeat(MEGABYTE - 20)]: 0 },
  ],
  [
    'failures under names of slashes',
    { additionalProperties: any(400, () => ({ type: 'string', minLength: 1 })) },
    Object.fromEntries(times(9_000, (n) => [`${'~'.repeat(95)}${short(n)}`, 0])),
  ],
  ['contains', { items: all(400, (n) => ({ contains: { const: -n } })) }, list(300, () => list(400))],
  [
    'anyOf of contains, which objects are none of',
    any(30, (n) => ({ contains: { const: n + 1 } })),
    list(100_000, () => ({ a: 0 })),
  ],
  [
    'contains at least',
    { allOf: times(500, (n) => ({ contains: { minimum: n }, minContains: 10 ** 6 })) },
    list(150_000),
  ],
  ['prefixItems', { items: { prefixItems: times(400, () => ({ type: 'string' })) } }, list(300, () => list(400))],
  ['uniqueItems', { uniqueItems: true }, list(150_000)],
  ['uniqueItems of long texts', all(400, () => ({ uniqueItems: true })), [text.slice(0, -100), 'b']],
  ['uniqueItems everywhere', everywhere({ uniqueItems: true }), list(2, (n) => nestedList(180, n))],
  ['uniqueItems of tables', all(500, () => ({ uniqueItems: true })), list(2, (n) => table(40_000, () => n))],
  [
    'unevaluatedProperties',
    { items: { anyOf: times(300, (n) => ({ properties: { [`k${short(n)}`]: true } })), unevaluatedProperties: false } },
    list(2_000, () => table(60)),
  ],
  [
    'unevaluatedProperties beside many',
    {
      items: {
        allOf: times(20, () => ({
          anyOf: [{ properties: Object.fromEntries(names(200, 'k').map((name) => [name, true])) }],
        })),
        unevaluatedProperties: { type: 'number' },
      },
    },
    list(800, () => table(200)),
  ],
  [
    'unevaluatedItems',
    { items: { anyOf: times(300, (n) => ({ prefixItems: [{ const: n }] })), unevaluatedItems: { type: 'number' } } },
    list(2_000, () => list(60)),
  ],
  [
    'a reference for each value',
    everywhere({ allOf: times(200, () => ({ type: ['number', 'array'] })) }),
    list(400, () => list(400)),
  ],
  ['a choice at each level', ladder(6), nested(80)],
  ['many errors', { items: { allOf: times(200, () => ({ type: 'string' })) } }, list(9_000)],
  ['errors of long lists', { items: all(3, () => ({ enum: times(8_000, (n) => -n - 1) })) }, list(9_000)],
  [
    'errors of a long name',
    { additionalProperties: { items: { type: 'string' } } },
    { [text.slice(0, -40_000)]: list(9_000) },
  ],
  [
    'pattern of many states',
    { items: any(40, (n) => ({ pattern: `^(a|b|ab){1,${20 + n}}c` })) },
    list(20_000, () => 'ab'.repeat(20)),
  ],
  ['pattern of a long text', any(300, (n) => ({ pattern: `[a-c]{3}${n}` })), text],
  [
    'dynamic references',
    { $dynamicAnchor: 'n', items: { allOf: times(300, () => ({ $dynamicRef: '#n' })) } },
    list(150_000),
  ],
  [
    'a schema that stands in an annotation',
    { default: all(100, (n) => ({ minimum: -n })), items: { $ref: '#/default' } },
    list(150_000),
  ],
  ...FORMATS.flatMap((format) =>
    FORMATTED.map((part): [string, JsonSchema, unknown] => [
      `format ${format} of ${part}`,
      any(50, () => ({ type: 'string', format })),
      part.repeat(MEGABYTE / part.length),
    ]),
  ),
  ...FORMATS.map((format): [string, JsonSchema, unknown] => [
    `format ${format} of many texts`,
    { items: any(300, () => ({ format })) },
    list(40_000, (n) => `2020-01-0${n % 10}T00:00:00.${n}`),
  ]),
];

function nestedList(levels: number, inner: unknown): unknown {
  return levels === 0 ? inner : [nestedList(levels - 1, inner), nestedList(0, levels)];
}

function ladder(width: number): JsonSchema {
  const step = { properties: { a: { $ref: '#/$defs/step' } }, required: ['a'] };
  return { $ref: '#/$defs/step', $defs: { step: { oneOf: times(width, (n) => ({ ...step, minProperties: n })) } } };
}

export const WORST_SCHEMAS: readonly WorstSchema[] = CASES.map(([name, schema, value]) => ({ name, schema, value }));
