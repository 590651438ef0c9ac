import { firstIdAt } from '../../../src/common/deliveries';
import type { DeliveryDetail } from '../../../src/common/deliveriesApi';
import { toFilter } from '../../../src/client-v2/deliveries/filters';
import { readEdits, textsOf } from '../../../src/client-v2/deliveries/replayTexts';
import { arrivalOf } from '../../../src/server/deliveries/model/ids';

const delivery = {
  body: '{"order":1}',
  bodyEncoding: 'utf8',
  contentType: 'application/json',
  headers: { 'x-a': '1' },
  query: {},
} as unknown as DeliveryDetail;

test('the first id of a moment has that moment in it', () => {
  expect(arrivalOf(firstIdAt(1_700_000_000_123))).toBe(1_700_000_000_123);
});

test('nothing set filters nothing', () => {
  expect(toFilter({ text: '  ', statuses: [] })).toEqual({});
});

test('what is set is all to be met; a text may be in any of several places', () => {
  expect(
    toFilter({
      key: 'k',
      statuses: ['failed'],
      reasons: ['REPEAT'],
      from: 0,
      to: 65_536,
      address: ' 10.0. ',
      text: 'x',
    }),
  ).toEqual({
    $and: [
      { key: 'k' },
      { 'status.$in': ['failed'] },
      { 'reasonCode.$in': ['REPEAT'] },
      { 'id.$gte': '00000000-0000-7000-8000-000000000000' },
      { 'id.$lt': '00000001-0000-7000-8000-000000000000' },
      { 'ip.$includes': '10.0.' },
      {
        $or: [
          { 'path.$includes': 'x' },
          { 'dedupeKey.$includes': 'x' },
          { 'event.$includes': 'x' },
          { 'body.$includes': 'x' },
        ],
      },
    ],
  });
});

test('what is left as it was is not sent', () => {
  const before = textsOf(delivery);
  expect(before.data).toBe('{\n  "order": 1\n}');
  expect(readEdits(before, before)).toEqual({ edits: {}, broken: [] });
  expect(readEdits(before, { ...before, data: '{"order":2}' })).toEqual({ edits: { data: { order: 2 } }, broken: [] });
  expect(readEdits(before, { ...before, data: ' ' })).toEqual({ edits: {}, broken: [] });
});

test('what is no JSON, or no object where it has to be one, is named', () => {
  const before = textsOf(delivery);
  expect(readEdits(before, { data: '{', headers: '[]', query: 'null' }).broken).toEqual(['data', 'headers', 'query']);
});

test('a text is edited as a JSON text, and what can not be shown as JSON starts empty', () => {
  expect(textsOf({ ...delivery, body: 'hello', contentType: 'text/plain' }).data).toBe('"hello"');
  expect(textsOf({ ...delivery, body: 'a=1', contentType: 'application/x-www-form-urlencoded' }).data).toBe('');
  expect(textsOf({ ...delivery, body: 'AAE=', bodyEncoding: 'base64' }).data).toBe('');
});
