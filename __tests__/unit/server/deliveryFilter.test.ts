import { fieldsOf, forbiddenField, orderOf, sortOf } from '../../../src/server/api/deliveryFilter';

test.each([
  [{ status: 'rejected', 'ip.$includes': '10.' }, null],
  [{ $or: [{ path: 'x' }, { $and: [{ body: { $includes: 'y' } }] }] }, null],
  [{ context: 'x' }, 'context'],
  [{ 'context.$includes': 'x' }, 'context.$includes'],
  [{ $or: [{ path: 'x' }, { $and: [{ dedupeSlot: 'y' }] }] }, 'dedupeSlot'],
  [{ $not: { owner: 'x' } }, 'owner'],
  [undefined, null],
])('of %j the forbidden field is %j', (filter, field) => {
  expect(forbiddenField(filter)).toBe(field);
});

test.each([
  [undefined, ['-id']],
  ['-receivedAt', ['-id']],
  [
    ['status', '-id'],
    ['status', '-id'],
  ],
  ['context', null],
  ['-headers', null],
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
  expect(fieldsOf(undefined)).not.toContain('body');
});
