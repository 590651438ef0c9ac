import { fieldsOf, orderOf, sortOf } from '../../../src/server/api/deliveryFilter';

test.each([
  [undefined, ['-id']],
  ['-receivedAt', ['-id']],
  [
    ['status', '-id'],
    ['status', '-id'],
  ],
  ['context', null],
  ['-headers', null],
  ['', ['-id']],
  [{ id: 'x' }, null],
  [['status', { a: 1 }], null],
  [['status', ['id']], null],
  [5, null],
  [Array(11).fill('status'), null],
])('sorting by %j is %j', (sort, order) => {
  expect(sortOf(sort)).toEqual(order);
});

test.each([
  [['-id'], { parseSort: false, order: [['id', 'DESC']] }],
  [['id'], { parseSort: false, order: [['id', 'ASC']] }],
  [['status', '-id'], { sort: ['status', '-id'] }],
])('a repository is told of %j by %j', (sort, options) => {
  expect(orderOf(sort)).toEqual(options);
});

test('only fields that are shown are given', () => {
  expect(fieldsOf('status,context,owner,body')).toEqual(['id', 'status', 'body']);
  expect(fieldsOf('key,id,key,id')).toEqual(['id', 'key']);
  expect(fieldsOf(undefined)).not.toContain('body');
});
