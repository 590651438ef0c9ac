import type { WebhookAuth } from '../../../src/common/auth';
import { dedupeKeyOf, dedupeSlotOf } from '../../../src/server/deliveries/intake/dedupeKey';
import { Semaphore } from '../../../src/server/deliveries/queue/Semaphore';
import { arrivalOf, isDeliveryId, newDeliveryId } from '../../../src/server/deliveries/model/ids';
import { redactHeaders, redactQuery } from '../../../src/server/deliveries/model/redaction';
import type { Parsed } from '../../../src/server/pipeline/types';

describe('ids', () => {
  it('sort by arrival and tell the time of it', () => {
    const before = Date.now();
    const ids = Array.from({ length: 5_000 }, newDeliveryId);
    expect([...ids].sort()).toEqual(ids);
    expect(arrivalOf(String(ids[0]))).toBeGreaterThanOrEqual(before);
    expect(arrivalOf(String(ids.at(-1)))).toBeLessThanOrEqual(Date.now() + 1_000);
  });

  it('are told from event keys that the engine makes up', () => {
    expect(isDeliveryId(newDeliveryId())).toBe(true);
    expect(isDeliveryId('9b2b1a52-5d0c-4b9e-8f0e-3a1c1f0d2a11')).toBe(false);
    expect(isDeliveryId(null)).toBe(false);
  });
});

describe('the dedupe key', () => {
  const delivery = {
    headers: { 'x-id': 'h1', 'x-list': ['a', 'b'] },
    query: { id: 'q1' },
    data: { order: { id: 7, empty: '' }, list: [{ id: 'l0' }] },
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
    expect(dedupeKeyOf(delivery, { key, window: 60 })).toBe(value);
  });

  it('is another one for another webhook', () => {
    expect(dedupeSlotOf('a', '1')).not.toBe(dedupeSlotOf('b', '1'));
    expect(dedupeSlotOf('a', '1')).toHaveLength(64);
  });
});

describe('what is kept of a request', () => {
  const headers = { authorization: 'Basic x', cookie: 'c', 'x-api-key': 'k', 'x-hub-signature-256': 's', a: 'b' };

  it.each<[string, WebhookAuth, Record<string, string>]>([
    ['none', { type: 'none' }, { 'x-api-key': 'k' }],
    ['a token', { type: 'token', in: 'header', name: 'X-Api-Key', secrets: [] }, { 'x-api-key': '[redacted]' }],
  ])('has no credentials in its headers, with %s', (_what, auth, expected) => {
    expect(redactHeaders(headers, auth)).toEqual({
      ...headers,
      authorization: '[redacted]',
      cookie: '[redacted]',
      ...expected,
    });
  });

  it('has no credentials in its query', () => {
    const token: WebhookAuth = { type: 'token', in: 'query', name: 'key', secrets: [] };
    expect(redactQuery({ key: 'k', a: 'b' }, token)).toEqual({ key: '[redacted]', a: 'b' });
    expect(redactQuery({ token: 't' }, { type: 'jwt', in: 'query', algorithms: ['HS256'] })).toEqual({
      token: '[redacted]',
    });
  });
});

it('a gate lets no more through than it is wide, and the others in the order in which they came', async () => {
  const gate = new Semaphore(2);
  const order: number[] = [];
  let inside = 0;
  let most = 0;
  await Promise.all(
    [1, 2, 3, 4, 5].map((n) =>
      gate.pass(async () => {
        most = Math.max(most, ++inside);
        order.push(n);
        await new Promise((resolve) => setTimeout(resolve, 2));
        inside--;
      }),
    ),
  );
  expect(most).toBe(2);
  expect(order).toEqual([1, 2, 3, 4, 5]);
});
