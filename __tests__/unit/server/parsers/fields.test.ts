import { parseQuery } from '../../../../src/server/parsers/form';
import { codeOf, dataOf } from './support';

const FORM = 'application/x-www-form-urlencoded';

/** As PHP's parse_str and Express' qs have it; where they differ, as is said. */
it.each<[string, string, unknown]>([
  ['an id as a name', 'qty[1523]=2', { qty: { 1523: '2' } }],
  [
    'ids with names in them',
    'options[1523][size]=L&options[7][size]=S',
    { options: { 7: { size: 'S' }, 1523: { size: 'L' } } },
  ],
  ['an id beyond every list', 'a[99999999999]=1', { a: { 99999999999: '1' } }],
  ['a gap', 'a[0]=x&a[2]=y', { a: { 0: 'x', 2: 'y' } }],
  ['one from 1 on', 'a[1]=x&a[2]=y', { a: { 1: 'x', 2: 'y' } }],
  ['a number with a zero in front', 'a[0]=x&a[01]=y', { a: { 0: 'x', '01': 'y' } }],
  ['a negative number', 'a[-1]=x', { a: { '-1': 'x' } }],
  ['positions from 0 on', 'a[0]=x&a[1]=y', { a: ['x', 'y'] }],
  ['positions out of order', 'a[1]=y&a[0]=x', { a: ['x', 'y'] }],
  [
    'items with names in them',
    'items[0][sku]=a&items[0][n]=1&items[1][sku]=b',
    { items: [{ sku: 'a', n: '1' }, { sku: 'b' }] },
  ],
  [
    'a list of 500',
    Array.from({ length: 500 }, (_x, i) => `a[${i}]=${i}`).join('&'),
    { a: Array.from({ length: 500 }, (_x, i) => String(i)) },
  ],
  ['items without a position', 'a[]=x&a[]=y', { a: ['x', 'y'] }],
  ['one item without a position', 'a[]=x', { a: ['x'] }],
  ['items without a position, of names', 'a[][b]=1&a[][c]=2&a[][b]=3', { a: [{ b: '1', c: '2' }, { b: '3' }] }],
  ['lists in a list', 'a[0][]=1&a[0][]=2&a[1][]=3', { a: [['1', '2'], ['3']] }],
  ['an item behind a position', 'a[5]=x&a[]=y', { a: { 5: 'x', 6: 'y' } }],
  ['an item and a name', 'a[]=x&a[b]=y', { a: { 0: 'x', b: 'y' } }],
  ['a name twice', 'a=1&a=2', { a: ['1', '2'] }],
  ['a nested name twice', 'a[b]=1&a[b]=2', { a: { b: ['1', '2'] } }],
  ['a value and a nested name', 'a=1&a[b]=2&a[c]=3', { a: ['1', { b: '2', c: '3' }] }],
  ['a nested name and a value', 'a[b]=1&a=2', { a: [{ b: '1' }, '2'] }],
  [
    'names of objects',
    'constructor=1&toString=2&hasOwnProperty=3&a[constructor]=4&a[toString][valueOf]=5',
    {
      constructor: '1',
      toString: '2',
      hasOwnProperty: '3',
      a: { constructor: '4', toString: { valueOf: '5' } },
    },
  ],
  ['encoded brackets', 'a%5Bb%5D=1&c%5b%5d=2', { a: { b: '1' }, c: ['2'] }],
  ['brackets that are encoded twice', 'a%255Bb%255D=1', { 'a%5Bb%5D': '1' }],
  [
    'brackets that belong to no name',
    'a[b=1&c]=2&d[e]f=3&g[h[i]]=4&j[k]]=5',
    { 'a[b': '1', 'c]': '2', 'd[e]f': '3', 'g[h[i]]': '4', 'j[k]]': '5' },
  ],
  ['a bracket in front', '[a]=1&[b][c]=2', { a: '1', b: { c: '2' } }],
  ['dots', 'a.b=1&a[c.d]=2', { 'a.b': '1', a: { 'c.d': '2' } }],
  ['no name', '=1&a=2', { '': '1', a: '2' }],
  ['no value', 'a&b=&c', { a: '', b: '', c: '' }],
  ['an equals sign in a value', 'a=b=c', { a: 'b=c' }],
  ['nothing between ampersands', '&&a=1&', { a: '1' }],
  ['spaces', 'a+b=c+d&e%20f=g%2Bh', { 'a b': 'c d', 'e f': 'g+h' }],
])('%s, in a form and in a query', (_what, text, data) => {
  expect(dataOf(text, FORM)).toEqual(data);
  expect(parseQuery(text)).toEqual(data);
});

it('a query in raw UTF-8, as Node reads it', () => {
  expect(parseQuery(Buffer.from('prénom=Zoë').toString('latin1'))).toEqual({ prénom: 'Zoë' });
});

it.each(['a[__proto__]=1', '__proto__[a]=1', '__proto__=1', 'a[b][__proto__][c]=1'])('no prototype by %s', (text) => {
  const data = parseQuery(`${text}&ok=1`);
  expect(JSON.stringify(data)).not.toContain('__proto__');
  expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
  expect(data).toHaveProperty('ok');
});

it('refuses names that are too deep, and more than are read', () => {
  expect(codeOf(`a${'[b]'.repeat(10)}=1`, FORM)).toBeNull();
  expect(codeOf(`a${'[b]'.repeat(11)}=1`, FORM)).toBe('BODY_MALFORMED');
  expect(codeOf('a[]=1&'.repeat(2_000), FORM)).toBeNull();
  expect(codeOf('a[]=1&'.repeat(2_001), FORM)).toBe('BODY_MALFORMED');
});
