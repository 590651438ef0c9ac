import { resolveConfig, type WebhookConfigInput } from '../../../src/common/config';
import { compileSchemas } from '../../../src/server/endpoints/compileSchemas';
import { parseBody } from '../../../src/server/parsers';
import { bodyRules } from '../../../src/server/parsers/bodyRules';
import type { WithEvent } from '../../../src/server/pipeline/types';
import { validate } from '../../../src/server/pipeline/validate';
import { compileSchema } from '../../../src/server/schema/compileSchema';

/** What a schema says of a body; empty: nothing. */
function complaints(
  schema: object,
  body: string,
  type = 'application/json',
  config: WebhookConfigInput = {},
): string[] {
  const resolved = resolveConfig({ ...config, body: { ...config.body, schema: schema as never } });
  const rawBody = Buffer.from(body);
  const rules = bodyRules(resolved, 100);
  const delivery = {
    ...parseBody(rawBody, type, rules),
    rawBody,
    verification: {},
    endpoint: { config: resolved, schemas: compileSchemas(resolved) },
  } as unknown as WithEvent;
  try {
    validate(delivery);
    return [];
  } catch (error) {
    const { details = [] } = (error as { options: { details?: { path: string; message: string }[] } }).options;
    return details.map(({ path, message }) => `${path} ${message}`);
  }
}

const BIG = '8202522731445525542';
const list = (count: number, item: string) => `[${Array(count).fill(item).join()}]`;
const idsOf = (type: string) => ({ type: 'array', items: { type: 'object', properties: { id: { type } } } });
const value = (schema: object) => ({ type: 'object', properties: { v: schema } });

it.each<[string, object, string]>([
  ['hundreds of large ids that are integers', idsOf('integer'), list(500, `{"id":${BIG}}`)],
  ['hundreds of large ids that are texts', idsOf('string'), list(500, `{"id":${BIG}}`)],
  ['a body too large for all its errors', { type: 'array', items: { type: 'integer' } }, list(12_000, BIG)],
  ['a number with an exponent', value({ type: 'number' }), '{"v":123456789012345678e3}'],
  ['a number beyond the range', value({ type: 'number' }), '{"v":1e400}'],
  ['a number beyond the range below zero', value({ type: 'number', maximum: 0 }), '{"v":-1e400}'],
  ['a fraction', value({ type: 'number' }), '{"v":12345678901234567890.5}'],
  ['a whole number with a point', value({ type: 'integer' }), '{"v":12345678901234567890.0}'],
  ['the very number', value({ const: 9007199254740992 }), '{"v":9007199254740992}'],
  [
    'both, one as a number and one as a text',
    { prefixItems: [{ type: 'integer' }, { type: 'string' }] },
    `[${BIG},${BIG}]`,
  ],
])('a schema takes %s', (_what, schema, body) => {
  expect(complaints(schema, body)).toEqual([]);
});

it.each<[string, object, string, RegExp]>([
  ['a number that is too large', value({ maximum: 100 }), `{"v":${BIG}}`, /must be <= 100/],
  [
    'the same where a text would do',
    value({ type: ['integer', 'string'], maximum: 100 }),
    `{"v":${BIG}}`,
    /must be <= 100/,
  ],
  [
    'what follows from a number',
    { if: value({ type: 'number' }), then: { required: ['w'] } },
    `{"v":${BIG}}`,
    /required/,
  ],
  ['neither', value({ type: 'boolean' }), `{"v":${BIG}}`, /must be boolean/],
])('a schema does not take %s', (_what, schema, body, complaint) => {
  expect(complaints(schema, body)[0]).toMatch(complaint);
});

const FORM = 'application/x-www-form-urlencoded';
it.each<[string, object]>([
  ['a text', { type: 'string' }],
  ['one of several', { enum: ['', 'x'] }],
  ['itself', { const: '' }],
  ['null', { type: 'null' }],
])('an empty field of a form is taken for %s', (_what, schema) => {
  expect(complaints(value(schema), 'v=&w=1', FORM)).toEqual([]);
});

it('hundreds of empty fields are', () => {
  const names = Array.from({ length: 400 }, (_, index) => `v[${index}]=`).join('&');
  expect(complaints(value({ type: 'array', items: { type: 'string' } }), names, FORM)).toEqual([]);
});

it('a large number in a field that is opened is a number', () => {
  const body = `payload=${encodeURIComponent(`{"id":${BIG}}`)}`;
  const schema = { properties: { payload: value({}), other: {} } };
  const asked = { properties: { payload: { properties: { id: { type: 'integer', minimum: 1 } } } } };
  expect(complaints(schema, body, FORM, { body: { jsonFields: ['payload'] } })).toEqual([]);
  expect(complaints(asked, body, FORM, { body: { jsonFields: ['payload'] } })).toEqual([]);
});

describe('a number beyond 2^53', () => {
  const names = (count: number, more: string) =>
    `{${Array.from({ length: count }, (_v, index) => `"k${index}":${index},`).join('')}${more}}`;
  const six = ['n0', 'n1', 'n2', 'n3', 'n4', 'n5'];
  const ids = six.map((name) => `"${name}":${BIG}`).join();
  const texts = Object.fromEntries(six.map((name) => [name, { type: 'string' }]));
  const records = (count: number) =>
    list(count, `{"id":${BIG},"of":${BIG},"by":${BIG},"to":${BIG},"at":${BIG},"rows":[${BIG},${BIG}]}`);
  const record = {
    properties: {
      id: { type: 'string' },
      of: { type: 'integer' },
      by: { const: BIG },
      to: { enum: [BIG, 'x'] },
      at: { type: ['string', 'null'] },
      rows: { prefixItems: [{ type: 'string' }, { type: 'integer' }] },
    },
  };

  it.each<[string, object, string]>([
    ['all of a body', { type: 'integer' }, BIG],
    ['all of a body, as a text', { const: BIG }, BIG],
    ['one of sixty thousand names', { properties: { n3: { type: 'string' } } }, names(60_000, ids)],
    ['several of sixty thousand names', { properties: texts }, names(60_000, ids)],
    ['in thousands of records, each part in its own form', { items: record }, records(3_000)],
    [
      'in thousands of records of two kinds',
      { items: { anyOf: [{ properties: { id: { type: 'string' }, x: false } }, { required: ['x'] }] } },
      list(3_000, `{"id":${BIG}},{"id":${BIG},"x":1}`),
    ],
    ['under a thousand names', { additionalProperties: { type: 'string' } }, `{${numbered(1_000)}}`],
    [
      'under a hundred names, of which some are numbers',
      { properties: { k0: { type: 'integer' }, k99: { type: 'integer' } }, additionalProperties: { type: 'string' } },
      `{${numbered(100)}}`,
    ],
    ['beside names that no database takes', value({ type: 'string' }), `{"\\u0000":1,"v":${BIG}}`],
  ])('is taken for what is asked for: %s', (_what, schema, body) => {
    expect(complaints(schema, body)).toEqual([]);
  });

  it.each<[string, object, string, string]>([
    ['the same sent as a text', value({ type: 'integer' }), `{"w":${BIG},"v":"${BIG}"}`, '/data/v must be integer'],
    ['one text of a list', { items: { type: 'integer' } }, `[${BIG},"${BIG}"]`, '/data/1 must be integer'],
    ['a part of the list', { items: { type: 'integer' }, maxItems: 1 }, `[${BIG},${BIG}]`, '/data must NOT have more'],
  ])('is nothing else: %s', (_what, schema, body, complaint) => {
    expect(complaints(schema, body)).toEqual([expect.stringContaining(complaint)]);
  });

  it('is no error where others are listed', () => {
    const schema = { properties: { a: { type: 'boolean' }, id: { type: 'string' } } };
    expect(complaints(schema, `{"a":1,"id":${BIG}}`)).toEqual(['/data/a must be boolean']);
  });

  it('costs what it takes to look again, out of one budget', () => {
    const schema = { properties: texts, additionalProperties: { type: 'number' } };
    expect(complaints(schema, names(60_000, ids))).toEqual(['/data is too large or too deep to be checked']);
  });

  it.each<[string, object]>([
    ['what is taken', { additionalProperties: { type: 'string' } }],
    ['what is refused', { properties: { k0: { type: 'boolean' }, k1: { type: 'string' }, k2: { type: 'integer' } } }],
    [
      'what is given up',
      { additionalProperties: { $ref: '#/$defs/a' }, $defs: { a: { allOf: [{ $ref: '#/$defs/a' }] } } },
    ],
  ])('is seen by the workflow as its digits: in %s', (_what, schema) => {
    const data = { k0: BIG, k1: BIG, k2: BIG, v: { w: [BIG, null] } };
    const numbers = [
      { holder: data, name: 'k0', text: BIG },
      { holder: data, name: 'k2', text: BIG },
      { holder: data.v.w, name: 0, text: BIG },
    ];
    compileSchema(schema as never, '/data')(data, { numbers, nullIsEmpty: true });
    expect(data).toEqual({ k0: BIG, k1: BIG, k2: BIG, v: { w: [BIG, null] } });
  });

  function numbered(count: number): string {
    return Array.from({ length: count }, (_v, index) => `"k${index}":${BIG}`).join();
  }
});
