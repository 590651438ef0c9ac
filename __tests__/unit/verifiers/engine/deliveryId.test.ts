import type { Source } from '../../../../src/common/presets';
import { deliveryId } from '../../../../src/server/verifiers/deliveryId';
import { Sources } from '../../../../src/server/verifiers/Sources';

function idOf(id: Source[], body: string, headers: Record<string, string> = {}): string | null {
  const request = { method: 'POST', url: '/', headers, rawBody: Buffer.from(body) };
  return deliveryId({ id }, new Sources(request, {}));
}

test('is the first that is there', () => {
  expect(idOf(['header:x-a', 'header:x-b', 'json:id'], '{"id":7}', { 'x-b': 'b' })).toBe('b');
  expect(idOf(['header:x-a', 'json:id'], '{"id":7}')).toBe('7');
  expect(idOf(['xml:MsgId'], '<xml><MsgId>12</MsgId></xml>')).toBe('12');
  expect(idOf(['json:id'], '{}')).toBeNull();
  expect(idOf([], '{}')).toBeNull();
});

test('of a batch is another one for every batch', () => {
  const id = (...ids: string[]) =>
    idOf(['json:value[].id'], JSON.stringify({ value: ids.map((item) => ({ id: item })) }));
  expect(id('a')).toBe('a');
  expect(new Set([id('a'), id('a', 'b'), id('a', 'c'), id('b', 'a')]).size).toBe(4);
  expect(id('a', 'b')).toBe(id('a', 'b'));
});

test('is none where an item of a batch has none, because the rest would be told apart by too little', () => {
  expect(idOf(['json:value[].id'], '{"value":[{"id":"a"},{}]}')).toBeNull();
});

test('is a number in the digits that were sent', () => {
  expect(idOf(['json:id'], '{"id":9007199254740993}')).toBe('9007199254740993');
  expect(idOf(['json:id'], '{"id":8202522731445525542}')).toBe('8202522731445525542');
});

test('is not a number that has lost digits', () => {
  expect(idOf(['json:id'], '{"id":0.1234567890123456789}')).toBeNull();
});

test('is short, however long the one was that came', () => {
  expect(idOf(['json:id'], JSON.stringify({ id: 'x'.repeat(10_000) }))).toMatch(/^[0-9a-f]{64}$/);
});

test('comes from own properties of the body only', () => {
  expect(idOf(['json:constructor.name', 'json:__proto__.x', 'json:toString'], '{}')).toBeNull();
});
