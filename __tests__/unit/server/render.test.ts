import { render, renderText } from '../../../src/server/render';

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
  expect(renderText('<{{$context.data.text}}>', SCOPE, (text) => `[${text}]`)).toBe('<[a]>');
});
