import { FilterError, parseFilter } from '../../../src/server/api/parseFilter';

const ID = '018f3c2a-0000-7000-8000-00000000000a';
const parse = (filter: unknown) => parseFilter(filter, { escapesPatterns: true });
const nested = (levels: number): unknown => (levels === 0 ? { status: 'x' } : { $and: [nested(levels - 1)] });

test.each<[unknown, unknown, number]>([
  [{}, {}, 0],
  [{ status: 'failed' }, { $and: [{ status: { $eq: 'failed' } }] }, 1],
  [{ 'status.$in': ['a', 'b'] }, { $and: [{ status: { $in: ['a', 'b'] } }] }, 1],
  [{ status: ['a'] }, { $and: [{ status: { $in: ['a'] } }] }, 1],
  [{ id: { $gte: ID.toUpperCase(), $lt: ID } }, { $and: [{ id: { $gte: ID } }, { id: { $lt: ID } }] }, 2],
  [
    { $or: [{ path: 'x' }, { $and: [{ body: { $includes: 'a\\b' } }] }], $not: { key: null } },
    {
      $and: [
        {
          $or: [
            { $and: [{ path: { $eq: 'x' } }] },
            { $and: [{ $and: [{ $and: [{ body: { $includes: 'a\\\\b' } }] }] }] },
          ],
        },
        { $not: { $and: [{ key: { $eq: null } }] } },
      ],
    },
    3,
  ],
  [{ 'responseStatus.$gte': 400 }, { $and: [{ responseStatus: { $gte: '400' } }] }, 1],
  [{ 'executionId.$eq': '9223372036854775807' }, { $and: [{ executionId: { $eq: '9223372036854775807' } }] }, 1],
  [{ key: 5 }, { $and: [{ key: { $eq: '5' } }] }, 1],
  [{ 'replayOf.$notEmpty': 1 }, { $and: [{ replayOf: { $notEmpty: true } }] }, 1],
  [
    { 'receivedAt.$dateBetween': ['2030-01-01', '2030-01'] },
    { $and: [{ receivedAt: { $dateBetween: ['2030-01-01', '2030-01'] } }] },
    1,
  ],
  [nested(10), expect.anything(), 1],
])('reads %j', (given, filter, conditions) => {
  expect(parse(given)).toEqual({ filter, conditions });
});

it('leaves backslashes alone where they escape nothing', () => {
  const { filter } = parseFilter({ 'path.$includes': 'a\\b' }, { escapesPatterns: false });
  expect(filter).toEqual({ $and: [{ path: { $includes: 'a\\b' } }] });
});

test.each<[unknown, RegExp]>([
  [null, /not an object/],
  ['{', /not an object/],
  [[{ status: 'x' }], /not an object/],
  [{ context: 'x' }, /filtered by context\.$/],
  [{ 'context.$includes': 'x' }, /filtered by context\.\$includes/],
  [{ headers: 'x' }, /filtered by headers/],
  [{ 'headers.x': 'x' }, /filtered by headers\.x/],
  [{ $or: [{ path: 'x' }, { $and: [{ dedupeSlot: 'y' }] }] }, /dedupeSlot/],
  [{ $not: { owner: 'x' } }, /owner/],
  [JSON.parse('{"__proto__": {"status": "x"}}'), /__proto__/],
  [{ constructor: 'x' }, /constructor/],
  [{ 'status.$constructor': 'x' }, /\$constructor/],
  [{ 'status.constructor': 'x' }, /by constructor/],
  [{ 'status.$eq.$eq': 'x' }, /\$eq\.\$eq/],
  [{ status: { $regexp: 'x' } }, /\$regexp\. It can be by \$eq/],
  [{ status: { $gt: 'x' } }, /\$gt/],
  [{ 'id.$includes': 'x' }, /\$includes/],
  [{ status: {} }, /no condition for status/],
  [{ status: { a: { b: 1 } } }, /by a/],
  [{ status: true }, /needs a text/],
  [{ 'status.$includes': '' }, /not empty/],
  [{ 'key.$empty': false }, /needs true/],
  [{ key: { $notEmpty: false } }, /needs true/],
  [{ 'status.$includes': ['x'] }, /needs a text/],
  [{ status: 'a\0' }, /needs a text/],
  [{ status: 'a'.repeat(1001) }, /needs a text/],
  [{ 'status.$in': 'x' }, /needs a list/],
  [{ 'status.$in': [] }, /needs a list/],
  [{ 'status.$notIn': [] }, /needs a list/],
  [{ 'status.$in': ['x', null] }, /each a text/],
  [{ 'status.$in': Array(1001).fill('x') }, /needs a list/],
  [{ id: '1' }, /needs an id/],
  [{ 'id.$gt': null }, /needs an id/],
  [{ workflowId: 1.5 }, /whole number/],
  [{ workflowId: '9223372036854775808' }, /whole number/],
  [{ attempts: 2 ** 31 }, /whole number/],
  [{ attempts: '1 OR 1' }, /whole number/],
  [{ receivedAt: 'yesterday' }, /needs a date/],
  [{ receivedAt: '2030-13-01' }, /needs a date/],
  [{ receivedAt: '2030-02-31' }, /needs a date/],
  [{ 'receivedAt.$gt': '2030-04-31T10:00:00Z' }, /needs a date/],
  [{ 'receivedAt.$gt': '2030-01-31T10:00+23:59' }, /needs a date/],
  [{ 'receivedAt.$in': ['2030-01-31', '2029-02-29'] }, /needs/],
  [{ 'receivedAt.$dateOn': { type: 'past' } }, /needs a date/],
  [{ 'receivedAt.$gt': '9999-12-31' }, /needs a date/],
  [{ 'receivedAt.$dateBetween': ['2030-01-01'] }, /two dates/],
  [{ $and: {} }, /needs a list/],
  [{ $or: [] }, /needs a list/],
  [{ $or: [{}] }, /group without a condition/],
  [{ $or: [null] }, /not an object/],
  [{ $not: {} }, /group without a condition/],
  [{ $nor: [{ status: 'x' }] }, /\$nor/],
  [nested(11), /levels deep/],
  [{ $or: Array.from({ length: 201 }, () => ({ status: 'x' })) }, /more than 200/],
])('refuses %j', (filter, message) => {
  const refused = () => parse(filter);
  expect(refused).toThrow(FilterError);
  expect(refused).toThrow(message);
});
