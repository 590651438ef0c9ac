import type { WebhookConfigInput } from '../../../src/common/config';
import { onEveryDatabase, type TestHost } from '../../support/hosts';
import { createWebhook, waitFor } from '../../support/workflows';
import { backgroundRuns, HOUR, SETTLE_MS } from './support/backgroundRuns';
import { Called } from './support/Called';

jest.setTimeout(180_000);

const BY_CUSTOMER: WebhookConfigInput = { concurrency: 4, orderBy: 'json:customer.id' };

onEveryDatabase('runs in order for each key', (host: TestHost) => {
  const { api } = host;
  const { webhook, listed, inStatus, endWait } = backgroundRuns(host);
  let called: Called;
  let url: string;

  beforeEach(async () => {
    called = new Called(20);
    url = await called.url();
  });
  afterEach(() => called.close());

  const request = () => ({
    type: 'request',
    config: {
      url: `${url}?n={{$context.data.n}}&key={{$context.data.customer.id}}`,
      method: 'GET',
      timeout: 120_000,
    },
  });
  const FAILS_FOR_A = {
    type: 'calculation',
    config: { engine: 'math.js', expression: '{{$context.data.n}} + {{$context.data.add}}' },
  };

  const send = async (key: string, body: string) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(host.webhook(key), { method: 'POST', body, headers });
    expect(answer.status).toBe(200);
  };
  const call = (key: string, customer: string | null, n: number, more: object = {}) =>
    send(key, JSON.stringify({ n, ...(customer === null ? {} : { customer: { id: customer } }), ...more }));

  const calls = (count: number) =>
    waitFor(`${count} calls`, SETTLE_MS, () => Promise.resolve(called.seen.length >= count));

  it('begin side by side between keys, and one after the other within one', async () => {
    const key = await webhook(BY_CUSTOMER, [request()]);
    called.hold();
    for (let n = 0; n < 24; n++) {
      await call(key, n < 12 ? 'a' : (['b', 'c', 'd'][n % 3] ?? ''), n);
    }
    await waitFor('one of each', SETTLE_MS, () => Promise.resolve(called.open === 4));
    expect(called.seen.map((one) => one.key).sort()).toEqual(['a', 'b', 'c', 'd']);
    called.letGo();
    await inStatus(key, 'succeeded', 24);
    expect(called.mostOpenOfKey).toBe(1);
    expect(called.of('a')).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(called.of('b')).toEqual([12, 15, 18, 21]);
    expect(called.of('d')).toEqual([14, 17, 20, 23]);
  });

  it('are the same whatever was stored while none could begin', async () => {
    const key = await webhook(BY_CUSTOMER, [request()]);
    await api.action('webhookEndpoints:pause', {}, { filterByTk: key });
    // More of one than a look into the database gives, and all others behind them.
    for (let n = 0; n < 230; n += 10) {
      await Promise.all(Array.from({ length: 10 }, (_none, more) => call(key, 'a', n + more)));
    }
    for (const [n, customer] of ['b', 'c', 'b'].entries()) {
      await call(key, customer, 300 + n);
    }
    called.hold();
    await api.action('webhookEndpoints:resume', {}, { filterByTk: key });
    await waitFor('one of each', SETTLE_MS, () => Promise.resolve(called.open === 3));
    expect(called.seen.map((one) => one.key).sort()).toEqual(['a', 'b', 'c']);
    called.letGo();
    await waitFor('those of the others', SETTLE_MS, () => Promise.resolve(called.of('b').length === 2));
    expect([called.of('b'), called.mostOpenOfKey]).toEqual([[300, 302], 1]);
    await api.action('webhookEndpoints:pause', {}, { filterByTk: key });
  });

  it('have no key without a value, and keys that differ by the digits that were sent', async () => {
    const key = await webhook(BY_CUSTOMER, [request()]);
    called.hold();
    await send(key, '{"n":0,"customer":{"id":9007199254740993}}');
    await send(key, '{"n":1,"customer":{"id":9007199254740992}}');
    await send(key, '{"n":2,"customer":{"id":"9007199254740993"}}');
    await call(key, null, 3);
    await call(key, null, 4);
    await calls(4);
    expect([...called.order].sort()).toEqual([0, 1, 3, 4]);
    called.letGo();
    await inStatus(key, 'succeeded', 5);
    expect(called.order.at(-1)).toBe(2);
  });

  it('keep their key while they wait to be tried again, until they are skipped', async () => {
    const retry = { times: 3, backoff: 3_600, on: ['failed' as const] };
    const key = await webhook({ ...BY_CUSTOMER, retry }, [FAILS_FOR_A, request()]);
    await call(key, 'a', 0, { add: 'no number (' });
    await waitFor('it to be tried again', SETTLE_MS, async () => (await listed(key))[0]?.nextAttemptAt);
    await call(key, 'a', 1, { add: 1 });
    await call(key, 'b', 2, { add: 1 });
    await inStatus(key, 'succeeded', 1);
    expect(called.order).toEqual([2]);
    const [failed] = await listed(key);
    await api.action('webhookDeliveries:cancel', {}, { filterByTk: failed?.id ?? '' });
    await inStatus(key, 'succeeded', 2);
    expect(called.order).toEqual([2, 1]);
  });

  it('give their key up while they wait for something else, and have it again ahead of what has not begun', async () => {
    const key = await webhook(BY_CUSTOMER, [HOUR, request()]);
    await call(key, 'a', 0);
    await call(key, 'a', 1);
    const [first, second] = await inStatus(key, 'started', 2);
    called.hold();
    await endWait(first);
    await calls(1);
    await endWait(second);
    await call(key, 'a', 2);
    await call(key, 'b', 3);
    // Nothing of the same key goes on or begins meanwhile, and another one does.
    await waitFor('the other key to begin', SETTLE_MS, async () => (await listed(key))[3]?.status === 'started');
    expect([called.order, (await listed(key))[2]?.status]).toEqual([[0], 'received']);
    called.letGo();
    await inStatus(key, 'succeeded', 2);
    expect([called.order, called.mostOpenOfKey]).toEqual([[0, 1], 1]);
    await inStatus(key, 'started', 2);
  });

  it.each(['customer.id', 'cookie:a', '', 'json:'])('are not to be had by %p', async (orderBy) => {
    await expect(createWebhook(api, { concurrency: 4, orderBy })).rejects.toThrow(/orderBy/);
  });
});
