import { Filling, render } from '../../../src/server/templates/render';

const NOW = new Date('2030-01-02T03:04:05Z');
const SCOPE = {
  $context: {
    data: {
      n: 5,
      no: false,
      nothing: null,
      text: 'a',
      rows: [{ id: 1, tags: ['x'] }, { id: 2, tags: ['y', 'z'] }, null, 3],
      名: '字',
      odd: "$& $1 $` $' {{$context.data.n}}",
    },
    headers: { 'content-type': 'text/plain' },
  },
  $system: { now: () => NOW, dateRange: { today: () => ['a', 'b'] } },
};

it.each<[string, unknown, unknown]>([
  ['no variable', 'a {b} {{"x"}}', 'a {b} {{"x"}}'],
  ['a number', '{{$context.data.n}}', 5],
  ['false', '{{ $context.data.no }}', false],
  ['null', '{{$context.data.nothing}}', null],
  ['an object', '{{$context.headers}}', { 'content-type': 'text/plain' }],
  ['nothing there', '{{$context.data.missing.deep}}', undefined],
  ['a default', '{{$context.data.missing:none:at all}}', 'none:at all'],
  ['a default that is not needed', '{{$context.data.n:none}}', 5],
  [
    'several in a text',
    '{{$context.data.n}}-{{$context.data.no}}-{{$context.data.missing}}-{{$context.data.nothing}}',
    '5-false--',
  ],
  ['an object in a text', 'is {{$context.headers}}', 'is {"content-type":"text/plain"}'],
  ['a header with a hyphen', '{{$context.headers.content-type}}', 'text/plain'],
  ['a name in another script', '{{$context.data.名}}', '字'],
  ['a column', '{{$context.data.rows.id}}', [1, 2, undefined, undefined]],
  ['a column of lists', '{{$context.data.rows.tags}}', ['x', 'y', 'z', undefined, undefined]],
  ['a position', '{{$context.data.rows.1.id}}', 2],
  ['a position that is not there', '{{$context.data.rows.9}}', undefined],
  ['the length of a list', '{{$context.data.rows.length}}', 4],
  ['a function', '{{$system.now}}', NOW],
  ['a function in a text', 'at {{$system.now}}', 'at 2030-01-02T03:04:05.000Z'],
  ['a function below a name', '{{$system.dateRange.today}}', ['a', 'b']],
  ['a function of JavaScript', '{{$context.data.text.toUpperCase}}', undefined],
  ['a prototype', '{{$context.__proto__.constructor}}', undefined],
  ['a constructor', '{{$context.constructor}}', undefined],
  ['replacement patterns and templates in a value', 'a {{$context.data.odd}} b', "a $& $1 $` $' {{$context.data.n}} b"],
  ['keys and values, nested', { '{{$context.data.text}}': [{ n: '{{$context.data.n}}' }] }, { a: [{ n: 5 }] }],
  ['what is no text', [1, true, null], [1, true, null]],
])('fills in %s', (_what, template, filled) => {
  expect(render(template, SCOPE)).toEqual(filled);
});

it('leaves what it was filled from as it was', () => {
  const before = JSON.stringify(SCOPE);
  render('{{$context.data.rows.id}}', SCOPE);
  expect(JSON.stringify(SCOPE)).toBe(before);
  expect(Object.keys(SCOPE.$context.data.rows)).toEqual(['0', '1', '2', '3']);
});

it('makes each value safe where it goes in, and nothing else', () => {
  expect(new Filling(SCOPE).renderText('<{{$context.data.text}}>', (text) => `[${text}]`)).toBe('<[a]>');
});

describe('what a template stands for is bounded, however large the body and however many the variables', () => {
  const rows = Array.from({ length: 100_000 }, (_x, index) => ({ id: index }));
  const large = { $context: { data: { rows, text: 'a'.repeat(1_000_000) } } };
  it.each<[string, unknown]>([
    ['one value many times, in a text', '{{$context.data.text}}'.repeat(20)],
    ['one value many times, in JSON', Array(20).fill('{{$context.data.text}}')],
    ['an object many times, in a text', '{{$context.data}}'.repeat(20)],
    ['an object many times, in JSON', Array(20).fill('{{$context.data}}')],
    ['many columns', Array.from({ length: 20 }, (_x, index) => `{{$context.data.rows.a${index}}}`).join('')],
    ['many columns with names of columns', { '{{$context.data.text}}': Array(20).fill('{{$context.data.rows.id}}') }],
  ])('%s', (_what, template) => {
    expect(() => render(template, large)).toThrow('too large to be filled in');
  });

  it('looks a variable up once', () => {
    let calls = 0;
    const scope = { $system: { now: () => (calls += 1) } };
    expect(render('{{$system.now}}{{ $system.now }}{{$system.now:x}}', scope)).toBe('111');
    expect(
      render('{{$context.data.rows.none}}|'.repeat(1_000), { $context: { data: { rows: rows.slice(0, 9) } } }),
    ).toBe('[null,null,null,null,null,null,null,null,null]|'.repeat(1_000));
  });

  it('takes what answers are made of', () => {
    expect(render('{{$context.data.text}}'.repeat(4), large)).toHaveLength(4_000_000);
    expect(render({ all: '{{$context.data}}', ids: '{{$context.data.rows.id}}' }, large)).toBeDefined();
  });
});
