import { ALIAS, Aliases } from '../../../src/common/aliases';
import { resolveConfig, type WebhookConfigInput } from '../../../src/common/config';
import { namedVariables, requestVariables, withAliases } from '../../../src/common/requestVariables';
import { describeIssue, validateConfig, validateStored } from '../../../src/common/validateConfig';

const isAlias = (alias: string) =>
  ALIAS.test(alias) && validateStored({ variables: { data: [{ path: 'a', alias }] } }).length === 0;

describe('an alias made of a path', () => {
  it.each<[string[], string]>([
    [['System.State'], 'System_State'],
    [['resource', 'fields', 'System.State'], 'resource_fields_System_State'],
    [['data.id'], 'data_id'],
    [['prénom'], 'prenom'],
    [['Ærø'], 'uc6ruf8'],
    [['订单'], 'u8ba2u5355'],
    [["it's [a] #1 | b:c & d"], 'it_s_a_1_b_c_d'],
    [['1st.item'], '_1st_item'],
    [['#', '[]'], 'value'],
    [['__proto__'], 'proto'],
    [['constructor'], 'constructor_'],
    [['x'.repeat(80), 'a.b'], `${'x'.repeat(59)}_a_b`],
    [[`9${'x'.repeat(62)}`], `_9${'x'.repeat(61)}`.replace('_9', '_x')],
  ])('of %j', (names, alias) => {
    expect(new Aliases().make(names)).toBe(alias);
    expect(isAlias(alias)).toBe(true);
  });

  it('differs from those that are taken, and from those made before', () => {
    const aliases = new Aliases(['a_b', 'a_b_2']);
    expect(['a.b', 'a b', 'a-b'].map((name) => aliases.make([name]))).toEqual(['a_b_3', 'a_b_4', 'a_b_5']);
    const long = new Aliases();
    expect([long.make(['y'.repeat(70)]), long.make(['y'.repeat(70)])]).toEqual(['y'.repeat(63), `${'y'.repeat(61)}_2`]);
  });

  it('is made for thousands alike in no time', () => {
    const aliases = new Aliases();
    const made = Array.from({ length: 50_000 }, () => aliases.make(['!']));
    expect(new Set(made).size).toBe(50_000);
  });
});

it.each([
  ['a', true],
  ['_A9', true],
  ['a'.repeat(63), true],
  ['a'.repeat(64), false],
  ['', false],
  ['1a', false],
  ['a-b', false],
  ['a.b', false],
  ['é', false],
  ['a\n', false],
  ['constructor', false],
  ['__proto__', false],
  ['toString', false],
  ['length', true],
])('alias %j: %p', (alias, isFine) => expect(isAlias(alias)).toBe(isFine));

const config = (input: WebhookConfigInput) => resolveConfig(input);

it('what was declared goes first, by its names, and keeps its alias', () => {
  const found = requestVariables(
    config({
      variables: { data: [{ path: 'a', title: 'Mine', alias: 'mine' }, { path: '["b"]' }] },
      body: { schema: { properties: { a: { type: 'string' }, b: {}, c: { type: 'string' } } } },
      query: { schema: { properties: { page: { type: 'integer' } } } },
    }),
  );
  expect(found.map(({ group, path, alias }) => [group, path, alias])).toEqual([
    ['query', 'page', undefined],
    ['data', 'a', 'mine'],
    ['data', '["b"]', undefined],
    ['data', 'c', undefined],
  ]);
});

it('what no template can name has an alias, whether a schema names it or a maker did', () => {
  const settings: WebhookConfigInput = {
    variables: {
      headers: [{ path: 'X.Trace' }],
      query: [{ path: '["data.id"]' }],
      params: [{ path: 'id' }],
      data: [{ path: 'spans', type: 'array' }, { path: 'spans.length' }, { path: 'keys' }],
    },
    body: {
      schema: {
        properties: {
          'data.id': {},
          State: { properties: { 'System.State': { title: 'State', type: 'string' } } },
          prénom: {},
          constructor: {},
        },
      },
    },
  };
  expect(namedVariables(config(settings)).map(({ alias, group, names }) => [alias, group, names])).toEqual([
    ['x_trace', 'headers', ['x.trace']],
    ['data_id', 'query', ['data.id']],
    ['spans_length', 'data', ['spans', 'length']],
    ['data_id_2', 'data', ['data.id']],
    ['State_System_State', 'data', ['State', 'System.State']],
    ['prenom', 'data', ['prénom']],
    ['constructor_', 'data', ['constructor']],
  ]);
});

it('a body that is a list has columns by alias that a list has methods for', () => {
  const schema = { type: 'array', items: { properties: { values: {}, id: {} } } };
  expect(namedVariables(config({ body: { schema } })).map(({ alias }) => alias)).toEqual(['values']);
});

it('a path that is none gets no alias: what is wrong with it is said by itself', () => {
  const data = [{ path: '' }, { path: 'a..b' }, { path: 'a["b' }];
  expect(withAliases(config({ variables: { data, headers: [{ path: '' }] } }))).toMatchObject({
    data,
    headers: [{ path: '' }],
  });
  expect(namedVariables(config({ variables: { data } }))).toEqual([]);
});

it('an alias that was typed wins over one that is made', () => {
  const settings: WebhookConfigInput = {
    variables: { data: [{ path: 'state', alias: 'a_b' }] },
    body: { schema: { properties: { 'a.b': {} } } },
  };
  expect(namedVariables(config(settings)).map(({ alias, path }) => [alias, path])).toEqual([
    ['a_b', 'state'],
    ['a_b_2', '["a.b"]'],
  ]);
});

it('fills in the aliases that are missing, and no others', () => {
  const data = [{ path: '["a.b"]' }, { path: 'c' }, { path: 'd', alias: 'a_b' }];
  expect(withAliases(config({ variables: { data } })).data).toEqual([
    { path: '["a.b"]', alias: 'a_b_2' },
    { path: 'c' },
    { path: 'd', alias: 'a_b' },
  ]);
});

describe('what is refused', () => {
  const problems = (input: WebhookConfigInput) =>
    validateConfig(input).map((one) => `${one.path}: ${describeIssue(one)}`);

  it.each<[string, WebhookConfigInput, RegExp | null]>([
    [
      'a name that no template can hold',
      { variables: { data: [{ path: 'a' }, { path: 'fields["System.State"]' }] } },
      /^variables.data.1.alias: No template can name fields\["System.State"\]: .* such as fields_System_State\.$/,
    ],
    ['the same with an alias', { variables: { data: [{ path: 'fields["System.State"]', alias: 'state' }] } }, null],
    ['a header with a dot', { variables: { headers: [{ path: 'x.y' }] } }, /such as x_y/],
    ['other alphabets', { variables: { query: [{ path: '订单' }] } }, /such as u8ba2u5355/],
    ['quotes that stay open', { variables: { data: [{ path: 'a["b' }] } }, /^variables.data.0.path: .*quotes/],
    ['a header’s name, which has no grammar', { variables: { headers: [{ path: 'a["b', alias: 'b' }] } }, null],
    [
      'an alias that is none',
      { variables: { data: [{ path: 'a', alias: 'a.b' }] } },
      /^variables.data.0.alias: An alias/,
    ],
    ['an alias of every object', { variables: { data: [{ path: 'a', alias: '__proto__' }] } }, /Every object/],
    [
      'one alias for two, in different parts',
      { variables: { headers: [{ path: 'a', alias: 'x' }], data: [{ path: 'b' }, { path: 'c', alias: 'x' }] } },
      /^variables.data.1.alias: The alias x is that of a already/,
    ],
    ['an alias that nothing has', { dedupe: { key: 'vars:x' } }, /^dedupe.key: No variable has the alias x/],
    ['such an alias for the order', { orderBy: 'vars:x' }, /^orderBy: No variable has the alias x/],
    ['the same among several', { dedupe: { key: 'fields:json:a,vars:x' } }, /alias x/],
    ['one that a variable has', { variables: { data: [{ path: 'a', alias: 'x' }] }, dedupe: { key: 'vars:x' } }, null],
    ['one that is made', { body: { schema: { properties: { 'a.b': {} } } }, dedupe: { key: 'vars:a_b' } }, null],
    [
      'a filter on an alias that nothing has',
      {
        filter: {
          group: { type: 'and', calculations: [{ calculator: 'equal', operands: ['{{$context.vars.x}}', 1] }] },
        },
      },
      /^filter: No variable has the alias x/,
    ],
    [
      'an answer with one',
      {
        variables: { data: [{ path: 'a', alias: 'x' }] },
        response: { body: { a: ['{{$context.vars.x.y}}', 'is {{ $context.vars.gone:none }}'] } },
      },
      /^response.body: No variable has the alias gone/,
    ],
    [
      'an answer with one that is made',
      { body: { schema: { properties: { 'a.b': {} } } }, response: { body: '{{$context.vars.a_b}}' } },
      null,
    ],
    ['a source in open quotes', { dedupe: { key: 'json:a["b' } }, /^dedupe.key/],
    ['a quoted source', { dedupe: { key: 'fields:json:a["b,c"],header:d' } }, null],
  ])('%s', (_what, input, problem) => {
    if (problem) {
      expect(problems(input)).toEqual([expect.stringMatching(problem)]);
    } else {
      expect(problems(input)).toEqual([]);
    }
  });

  it('what was saved before names needed an alias works on', () => {
    const before: WebhookConfigInput = { variables: { data: [{ path: 'prénom' }, { path: 'items[0].id' }] } };
    expect(validateConfig(before)).toHaveLength(2);
    expect(validateStored(before)).toEqual([]);
    expect(namedVariables(config(before)).map(({ alias }) => alias)).toEqual(['prenom', 'items_0_id']);
  });
});
