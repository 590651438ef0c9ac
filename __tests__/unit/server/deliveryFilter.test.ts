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

test.each([
  ['status, body', ['id', 'status', 'body']],
  ['key,id,key,id', ['id', 'key']],
  [['ip'], ['id', 'ip']],
  ['status,context', null],
  ['owner', null],
  [['id', ['ip']], null],
  [{ a: 'id' }, null],
  [null, null],
  ['id,', null],
])('the fields %j are %j', (fields, expected) => {
  expect(fieldsOf(fields)).toEqual(expected);
});

test.each([undefined, ''])('without a wish (%j), the fields of a line are given', (fields) => {
  expect(fieldsOf(fields)).toContain('status');
  expect(fieldsOf(fields)).not.toContain('body');
});
