import { dedupeKeyOf, dedupeSlotOf } from '../../../../src/server/deliveries/intake/dedupeKey';
import type { Parsed } from '../../../../src/server/pipeline/types';

describe('the dedupe key', () => {
  const delivery = {
    headers: { 'x-id': 'h1', 'x-list': ['a', 'b'] },
    query: { id: 'q1' },
    data: { order: { id: 7, empty: '' }, list: [{ id: 'l0' }] },
    format: 'json',
    rawBody: Buffer.from('{"order":{"id":7}}'),
    verification: { deliveryId: 'p1' },
  } as unknown as Parsed;

  it.each([
    ['', 'p1'],
    ['header:X-Id', 'h1'],
    ['header:x-list', null],
    ['query:id', 'q1'],
    ['query:constructor', null],
    ['json:order.id', '7'],
    ['json:list.0.id', 'l0'],
    ['json:order', null],
    ['json:order.empty', null],
    ['json:nothing.at.all', null],
    ['json:__proto__.x', null],
  ])('%s gives %p', (key, value) => {
    expect(dedupeKeyOf(delivery, { key, window: 60, onFailed: 'rerun' })).toBe(value);
  });

  it('is another one for another webhook', () => {
    expect(dedupeSlotOf('a', '1')).not.toBe(dedupeSlotOf('b', '1'));
    expect(dedupeSlotOf('a', '1')).toHaveLength(64);
  });
});
