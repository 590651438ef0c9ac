import type { IdPlace } from '../../../../src/common/presets';
import { deliveryId } from '../../../../src/server/verifiers/deliveryId';
import { Sources } from '../../../../src/server/verifiers/Sources';

function idOf(id: IdPlace[], body: string, headers: Record<string, string> = {}, signed?: string): string | null {
  const request = { method: 'POST', url: '/', headers, rawBody: Buffer.from(body) };
  return deliveryId({ id }, new Sources(request, {}), signed === undefined ? undefined : () => [signed]);
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

test('is the body where that says its time, and none where it does not', () => {
  const body = '{"at":1}';
  expect(idOf(['fields:json:at,body'], body)).toBe(
    '1 a27e0e4d11df025e92947f4d7c340ae32dc0089fbaea996114e9c61b7abe58f3',
  );
  expect(idOf(['fields:json:time,body'], body)).toBeNull();
  expect(idOf(['body'], '')).toBeNull();
});

test('is what is signed, where that is', () => {
  expect(idOf(['json:id', 'signed'], '{}', {}, 'abc')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
  expect(idOf(['signed'], '{}')).toBeNull();
});
