import { appendArrayColumn } from '@nocobase/evaluators';
import { parse } from '@nocobase/utils';
import { templateCanName, unreadableIn } from '../../../src/common/templateNames';

/** What a workflow node gets for a path: as `Processor.getParsedValue` of NocoBase 2.2.15 works it out. */
function asNode(data: unknown, names: readonly string[]): unknown {
  const template = parse(`{{$context.data.${names.join('.')}}}`) as ((scope: object) => unknown) & {
    parameters: { key: string }[];
  };
  const scope = { $context: { data } };
  template.parameters.forEach(({ key }) => appendArrayColumn(scope, key));
  try {
    return template(scope);
  } catch (error) {
    // It calls what it finds, and a method of JavaScript's own has nothing to work on.
    return error;
  }
}

const within = (names: readonly string[], value: unknown) =>
  names.reduceRight<unknown>((inner, name) => Object.fromEntries([[name, inner]]), value);

const CHARACTERS = Array.from({ length: 0x180 }, (_, code) => String.fromCodePoint(code)).filter((c) => c !== '.');

it.each([
  ...CHARACTERS.map((character) => [`a${character}b`]),
  ['a.b'],
  [''],
  [' a'],
  ['a '],
  ['prénom'],
  ['订单'],
  ['имя'],
  ['x-github-event'],
  ['@id'],
  ['$t'],
])('NocoBase’s own engine agrees on %j', (name) => {
  for (const names of [[name], ['in', name], [name, 'in']]) {
    const reached = asNode(within(names, 'found'), names) === 'found';
    // Said to be reachable only if it is; the ends of a name are left out of it wherever it stands.
    expect({ names, can: templateCanName(names) && !reached }).toEqual({ names, can: false });
  }
  expect(templateCanName([name])).toBe(
    asNode(within([name], 'found'), [name]) === 'found' && !['', ' a'].includes(name),
  );
});

it.each(Object.getOwnPropertyNames(Object.prototype))(
  '%s is there where nothing was sent, so it needs an alias',
  (name) => {
    expect(templateCanName([name])).toBe(false);
    expect(templateCanName(['a', name])).toBe(false);
  },
);

it.each(Object.getOwnPropertyNames(Array.prototype))('%s names no column of a list', (name) => {
  expect(templateCanName(['list', name], (depth) => depth === 1)).toBe(false);
  expect(asNode({ list: [{ [name]: 'found' }] }, ['list', name])).not.toEqual(['found']);
});

it('a position and a column of a list can be named', () => {
  const isList = (depth: number) => depth === 1;
  for (const [name, value] of [
    ['0', { id: 7 }],
    ['id', [7]],
  ] as const) {
    expect(templateCanName(['list', name], isList)).toBe(true);
    expect(asNode({ list: [{ id: 7 }] }, ['list', name])).toEqual(value);
  }
});

it.each([
  ['{{$context.data.a|b}}', ['$context.data.a|b']],
  ['{"a": "{{ $context.data[\\"System.State\\"] }}"}', ['$context.data["System.State"]']],
  ["{{$context.data.it's}} {{$context.data.ok}} {{$context.data.#}}", ["$context.data.it's", '$context.data.#']],
  ['{{$context.data.ऑर्डर}} {{$context.data.ที่อยู่}} {{$context.data.cafe\u0301}} {{$context.data.订单}}', []],
  ['{{$context.vars.state}} {{ $env.KEY }} {{$system.now}} {{$context.data.a:none}}', []],
  ['<style>a{{b|c}}</style> {{#each}}', []],
])('what is meant for a variable and isn’t filled in is found: %s', (text, names) => {
  expect(unreadableIn({ body: [text] })).toEqual(names);
});
