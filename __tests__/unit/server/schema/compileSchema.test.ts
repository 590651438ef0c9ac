import { fullFormats } from 'ajv-formats/dist/formats';
import { WORST_SCHEMAS } from '../../../../scripts/fuzz/worst/schemas';
import { compileSchema, TOO_MUCH } from '../../../../src/server/schema/compileSchema';
import { cpuClock } from '../../../support/cpuTime';

/** Milliseconds of CPU time that even a hostile value may take; several times what it does take. */
const QUICK = 2_000;

function timed<T>(work: () => T): { result: T; took: number } {
  const spent = cpuClock();
  const result = work();
  return { result, took: spent() };
}

describe('what is wrong with a value', () => {
  it.each<[string, Record<string, unknown>, unknown, object[]]>([
    ['nothing', { type: 'object' }, {}, []],
    ['the value itself', { type: 'object' }, null, [{ path: '/data', message: 'must be object' }]],
    [
      'everything at once',
      { properties: { a: { type: 'string' }, b: { items: { minimum: 2 } } }, required: ['c'] },
      { a: 1, b: [1, 2, 0] },
      [
        { path: '/data', message: "must have required property 'c'" },
        { path: '/data/a', message: 'must be string' },
        { path: '/data/b/0', message: 'must be >= 2' },
        { path: '/data/b/2', message: 'must be >= 2' },
      ],
    ],
    [
      'a key with a slash',
      { properties: { 'a/b': { type: 'string' } } },
      { 'a/b': 1 },
      [{ path: '/data/a~1b', message: 'must be string' }],
    ],
    [
      'a property too many',
      { properties: {}, additionalProperties: false },
      { x: 1 },
      [{ path: '/data', message: 'must NOT have additional properties: "x"' }],
    ],
    [
      'a value not in the list',
      { enum: ['a', 'b'] },
      'c',
      [{ path: '/data', message: 'must be equal to one of the allowed values: ["a","b"]' }],
    ],
    [
      'a duplicate',
      { uniqueItems: true },
      [
        { a: 1, b: [2] },
        { b: [2], a: 1 },
      ],
      [{ path: '/data', message: 'must NOT have duplicate items' }],
    ],
    ['no duplicate', { uniqueItems: true }, [1, '1', [1], null, 'null', { a: 1 }, { a: '1' }], []],
    ['duplicates that are allowed', { uniqueItems: false }, [1, 1], []],
    ['a format', { format: 'email' }, 'nobody', [{ path: '/data', message: 'must match format "email"' }]],
    ['a pattern', { pattern: '^\\d+$' }, '12a', [{ path: '/data', message: 'must match pattern "^\\d+$"' }]],
    [
      'a name that JavaScript knows',
      { required: ['constructor'] },
      {},
      [{ path: '/data', message: "must have required property 'constructor'" }],
    ],
    ['a number as text, which it is not', { type: 'number' }, '5', [{ path: '/data', message: 'must be number' }]],
  ])('%s', (_what, schema, value, errors) => {
    expect(compileSchema(schema, '/data')(value)).toEqual(errors);
  });

  it('lists fifty errors and no more', () => {
    expect(compileSchema({ items: { type: 'string' } }, '/data')(Array.from({ length: 80 }, () => 1))).toHaveLength(50);
  });

  it('looks for one error only where there may be too many to keep', () => {
    const { result, took } = timed(() =>
      compileSchema({ items: { type: 'string' } }, '/data')(Array.from({ length: 500_000 }, () => 1)),
    );
    expect(result).toEqual([{ path: '/data/0', message: 'must be string' }]);
    expect(took).toBeLessThan(QUICK);
  });
});

it('reads texts as what they spell, where everything is text, and changes nothing', () => {
  const validate = compileSchema(
    {
      properties: {
        n: { type: 'integer' },
        on: { type: 'boolean' },
        tags: { type: 'array', items: { type: 'string' } },
      },
    },
    '/query',
    { coerce: true },
  );
  const value = { n: '5', on: 'true', tags: 'a' };
  expect(validate(value)).toEqual([]);
  expect(value).toEqual({ n: '5', on: 'true', tags: 'a' });
  expect(validate({ n: '5.5' })).toEqual([{ path: '/query/n', message: 'must be integer' }]);
});

it('tells patterns apart', () => {
  const validate = compileSchema({ properties: { a: { pattern: '^a$' }, b: { pattern: '^b$' } } }, '');
  expect(validate({ a: 'a', b: 'b' })).toEqual([]);
  expect(validate({ a: 'b', b: 'a' })).toHaveLength(2);
});

describe('is done in bounded time with', () => {
  const ladder = (tags: string[]) => ({
    $ref: '#/$defs/node',
    $defs: {
      node: {
        oneOf: tags.map((tag) => ({
          properties: { next: { $ref: '#/$defs/node' }, tag: { const: tag } },
          required: ['tag'],
        })),
      },
    },
  });
  const chain = (length: number): unknown => (length === 0 ? { tag: 'a' } : { tag: 'a', next: chain(length - 1) });

  it.each<[string, Record<string, unknown>, unknown, boolean]>([
    ['a pattern that backtracks elsewhere', { pattern: '^(a+)+$' }, `${'a'.repeat(1_000_000)}!`, false],
    ['a large pattern on a long text', { pattern: '(\\pL{10}){100}' }, 'a'.repeat(1_000_000), false],
    [
      'many texts and one pattern',
      { items: { pattern: '(x?){500}y' } },
      Array.from({ length: 100_000 }, () => 'x'.repeat(10)),
      false,
    ],
    ['a choice at every level', ladder(['b', 'c', 'a']), chain(60), false],
    [
      'a long list of different objects',
      { uniqueItems: true },
      Array.from({ length: 100_000 }, (_v, n) => ({ n })),
      true,
    ],
    [
      'a value deeper than the stack',
      { properties: { a: { $ref: '#' } } },
      Array.from({ length: 20_000 }).reduce((inner: unknown) => ({ a: inner }), {}),
      false,
    ],
  ])('%s', (_what, schema, value, valid) => {
    const { result, took } = timed(() => compileSchema(schema, '')(value));
    expect(took).toBeLessThan(QUICK);
    expect(result.length === 0).toBe(valid);
  });

  it.each(['time', 'date-time', 'iso-time', 'iso-date-time'])('a %s is short: no other is taken apart', (format) => {
    const time = `${format.includes('date') ? '2020-01-01T' : ''}00:00:00.${'0'.repeat(60)}Z`;
    const long = time.replace('.', `.${'0'.repeat(40)}`);
    const validate = compileSchema({ type: 'string', format }, '/data');
    expect(validate(time)).toEqual([]);
    expect(validate(long)).toEqual([{ path: '/data', message: `must match format "${format}"` }]);
    const ordered = compileSchema({ type: 'string', format, formatMinimum: time.replaceAll('0Z', '1Z') }, '/data');
    expect(ordered(long)).not.toEqual([]);
  });

  it('says so where it gives up', () => {
    expect(compileSchema(ladder(['b', 'c', 'a']), '/data')(chain(60))).toEqual([{ path: '/data', message: TOO_MUCH }]);
  });

  it.each(Object.keys(fullFormats))('the format %s', (format) => {
    const validate = compileSchema({ type: 'string', format }, '');
    for (const part of [
      'a',
      '0',
      'a.',
      'a@',
      '/',
      '%41',
      '-',
      '::',
      '1:',
      '{a}',
      '~0',
      '2020-01-01T',
      '\n',
      ' ',
      '[a]',
      '&',
      '9a',
    ]) {
      for (const start of ['', 'http://', 'a@', 'urn:', '2020-01-01T00:00:00']) {
        const { took } = timed(() => validate(`${start}${part.repeat(20_000)}\u0000`));
        expect({ part, start, slow: took > 500 }).toEqual({ part, start, slow: false });
      }
    }
  });
});

describe('whatever the schema and the value', () => {
  // What the whole set costs is told by the benchmark; some of it takes minutes to compile.
  const SOME = [
    'one large enum',
    'enum of a large object',
    'const of a large object',
    'required that is there',
    'additionalProperties beside many',
    'references under a long name',
    'uniqueItems everywhere',
    'unevaluatedItems',
    'a reference for each value',
    'a choice at each level',
    'many errors',
    'errors of long lists',
    'errors of a long name',
    'pattern of many states',
  ];

  it.each(WORST_SCHEMAS.filter(({ name }) => SOME.includes(name)).map(({ name, ...given }) => [name, given] as const))(
    'a check ends soon: %s',
    (_name, { schema, value }) => {
      const validate = compileSchema(schema, '/data');
      const { result, took } = timed(() => validate(value));
      expect(took).toBeLessThan(QUICK);
      expect(JSON.stringify(result).length).toBeLessThan(100_000);
    },
  );

  const texts = Array.from({ length: 150_000 }, (_v, index) => `t${index}`);
  const GIVEN_UP: [string, object, unknown][] = [
    ['enums', { items: { allOf: Array.from({ length: 80 }, (_v, n) => ({ not: { enum: [n] } })) } }, texts],
    ['consts', { items: { allOf: Array.from({ length: 80 }, (_v, n) => ({ not: { const: n } })) } }, texts],
    ['lengths', { anyOf: Array.from({ length: 80 }, (_v, n) => ({ maxLength: n })) }, 'a'.repeat(1 << 20)],
    ['formats', { anyOf: Array.from({ length: 80 }, () => ({ format: 'email' })) }, 'a'.repeat(1 << 20)],
    [
      'dependent names',
      { items: { dependentRequired: { a: Array.from({ length: 80 }, (_v, n) => `p${n}`) } } },
      Array.from({ length: 150_000 }, () => ({ b: 1 })),
    ],
    [
      'schemas that stand where none is looked for',
      {
        default: { allOf: Array.from({ length: 80 }, () => ({ not: { minLength: 100 } })) },
        items: { $ref: '#/default' },
      },
      texts,
    ],
  ];

  it.each(GIVEN_UP)('is counted, and given up: %s', (_what, schema, value) => {
    expect(compileSchema(schema as Record<string, unknown>, '/data')(value)).toEqual([
      { path: '/data', message: TOO_MUCH },
    ]);
  });

  it('finds a value among many without comparing it with each', () => {
    const validate = compileSchema({ items: { enum: Array.from({ length: 5_000 }, (_v, n) => `t${n}`) } }, '');
    expect(validate(texts.slice(0, 5_000))).toEqual([]);
    expect(validate(texts)).toHaveLength(1);
  });
});

describe('equal by what JSON calls equal', () => {
  const value = { a: [1, { b: null, c: 'd' }], e: {} };
  it.each<[string, unknown, unknown, boolean]>([
    ['the same in another order', value, { e: {}, a: [1, { c: 'd', b: null }] }, true],
    ['one part more', value, { ...value, f: 1 }, false],
    ['one part less', value, { a: value.a }, false],
    ['another order of items', [1, 2], [2, 1], false],
    ['a number and its text', 1, '1', false],
    ['a list and its item', ['a'], 'a', false],
    ['an object and its text', {}, '{}', false],
    ['nothing and a text', null, 'null', false],
    ['a longer text', 'a', 'ab', false],
    ['zero and minus zero', 0, -0, true],
  ])('%s', (_what, one, other, equal) => {
    for (const schema of [
      { const: one },
      { enum: ['x', one] },
      { const: other },
      { enum: [other, {}, { z: 1 }].slice(0, 1) },
    ]) {
      const given = schema.const === other || schema.enum?.[0] === other ? one : other;
      expect(compileSchema(schema, '')(given).length === 0).toBe(equal);
    }
    expect(compileSchema({ uniqueItems: true }, '')([one, other]).length > 0).toBe(equal);
  });
});

it('shows the beginning of long names and values, and of the path to them', () => {
  const long = '/~'.repeat(50_000);
  const [{ path, message }] = compileSchema(
    { additionalProperties: { items: { type: 'string' } } },
    '/data',
  )({
    [long]: [1],
  }) as [{ path: string; message: string }];
  expect(path).toBe(`/data/${'~1~0'.repeat(50)}/0`);
  expect(message).toBe('must be string');
  const [named] = compileSchema({ additionalProperties: false }, '')({ [long]: 1 });
  expect(named?.message.length).toBeLessThan(300);
});
