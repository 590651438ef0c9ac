import { performance } from 'node:perf_hooks';
import { capacityOf } from '../../../../src/server/deliveries/queue/capacity';
import { PrefetchBudget } from '../../../../src/server/deliveries/queue/PrefetchBudget';
import { WebhookQueue } from '../../../../src/server/deliveries/queue/WebhookQueue';
import type { QueuedDelivery, ReadyRun } from '../../../../src/server/deliveries/model/run';
import type { DeliveryStore } from '../../../../src/server/deliveries/store/DeliveryStore';
import type { Endpoint } from '../../../../src/server/endpoints/Endpoint';

const delivery = (id: string): QueuedDelivery => ({
  id,
  workflowId: 1,
  attempts: 0,
  executionIds: [],
  orderKey: null,
  text: '{}',
  context: {},
});

const endpoint = {
  config: { concurrency: 1, orderBy: null, onInterruption: 'resume', retry: null },
  workflow: {},
} as Endpoint;

/** A queue in order, and a database in which these wait: those with `!` to be tried again, later. */
function underTest(...stored: string[]) {
  let onLook: () => void = () => undefined;
  const store = {
    next: (_key: string, limit: number) => {
      onLook();
      const early = stored.findIndex((id) => id.endsWith('!'));
      const due = (early < 0 ? stored : stored.slice(0, early)).slice(0, limit);
      return Promise.resolve({ ids: due, isAll: stored.length < limit, isBlocked: early >= 0 && early < limit });
    },
    contextSizes: () => Promise.resolve(new Map()),
    waiting: (ids: string[]) =>
      Promise.resolve(ids.map((id) => ({ id, workflowId: 1, attempts: 1, executionIds: [7], context: '{}' }))),
  } as unknown as DeliveryStore;
  const queue = new WebhookQueue('k', new PrefetchBudget());
  queue.acquired();
  return {
    queue,
    stored,
    take: async (limit = 1) => (await queue.take(limit, false, 'arrival', store)).map(({ id }) => id),
    mayTake: () => capacityOf(queue, endpoint) > 0,
    onLook: (told: () => void) => (onLook = told),
  };
}

describe('what is behind one that is to be tried again', () => {
  test('waits, also what comes meanwhile, until somebody tells that it has changed', async () => {
    const { queue, stored, take, mayTake } = underTest('a!', 'b');
    expect(await take()).toEqual([]);
    queue.offer(delivery('c'));
    expect([mayTake(), queue.isEmpty]).toEqual([false, false]);
    stored.splice(0, 2, 'a', 'b', 'c');
    queue.markStale();
    expect(mayTake()).toBe(true);
    expect([await take(), await take()]).toEqual([['a'], ['a']]);
  });

  test('is looked at after a while where nobody tells', async () => {
    const { take, mayTake } = underTest('a!', 'b');
    const now = performance.now();
    await take();
    const clock = jest.spyOn(performance, 'now');
    clock.mockReturnValue(now + 9_000);
    expect(mayTake()).toBe(false);
    clock.mockReturnValue(now + 12_000);
    expect(mayTake()).toBe(true);
    clock.mockRestore();
  });

  test('does not wait where it was told while it was looked', async () => {
    const { queue, take, mayTake, onLook } = underTest('a!');
    onLook(() => queue.markStale());
    expect(await take()).toEqual([]);
    expect(mayTake()).toBe(true);
  });

  test('is not taken together with what is before it', async () => {
    const { take, mayTake } = underTest('a', 'b!', 'c');
    expect(await take(5)).toEqual(['a']);
    expect(mayTake()).toBe(true);
  });
});

test('nothing is claimed ahead where one that fails comes before it once more', () => {
  const { queue } = underTest('a');
  jest.spyOn(queue, 'ahead', 'get').mockReturnValue(16);
  const capacityWith = (config: object, sync = false) =>
    capacityOf(queue, { ...endpoint, sync, config: { ...endpoint.config, ...config } } as Endpoint);
  const retry = { times: 1, backoff: 1, on: ['failed'] };
  expect([{}, { retry }, { retry, concurrency: 4 }].map((config) => capacityWith(config))).toEqual([17, 1, 20]);
  // Of a webhook whose callers wait, none waits for another.
  expect(capacityWith({ retry }, true)).toBe(17);
  // What runs was started in another version.
  const run = { kind: 'cutOff', key: 'k', executionId: 1, orderKey: null, failures: 0, tries: 0 } as const;
  const begin = (id: string, isRetried?: boolean) => {
    queue.addReady({ ...run, id, isRetried });
    queue.nextReady();
    const capacity = capacityWith({});
    queue.freePlace(id);
    return capacity;
  };
  expect([begin('1', false), begin('2', true), begin('3')]).toEqual([16, 0, 0]);
});

test('no more is claimed ahead one by one because what was has the key of what runs', () => {
  const { queue } = underTest('a');
  jest.spyOn(queue, 'ahead', 'get').mockReturnValue(4);
  const keyed = (id: string) =>
    ({ kind: 'new', id, key: 'k', executionId: 1, orderKey: 'a', failures: 0, tries: 0 }) as unknown as ReadyRun;
  ['1', '2', '3', '4'].forEach((id) => queue.addReady(keyed(id)));
  expect([queue.nextReady()?.id, capacityOf(queue, endpoint)]).toEqual(['1', 0]);
  const byKey = { ...endpoint.config, concurrency: 2, orderBy: 'json:k' };
  expect(capacityOf(queue, { ...endpoint, config: byKey } as Endpoint)).toBe(5);
});

describe('in order for each key', () => {
  const keyed = (id: string): QueuedDelivery => ({ ...delivery(id), orderKey: id.charAt(0) });

  /** A queue whose deliveries were all stored here, but for `stored`. */
  function underTestByKey(stored: string[] = []) {
    let looks = 0;
    const store = {
      waitingByKey: () => {
        looks++;
        const rows = [...stored, ...kept].map((id, at) => ({
          id,
          position: at + 1,
          orderKey: id.charAt(0),
          isEarly: false,
        }));
        return Promise.resolve(rows);
      },
      contextSizes: () => Promise.resolve(new Map()),
      waiting: (ids: string[]) => Promise.resolve(ids.map((id) => ({ ...keyed(id), context: '{}' }))),
    } as unknown as DeliveryStore;
    const kept: string[] = [];
    const queue = new WebhookQueue('k', new PrefetchBudget());
    queue.acquired();
    const begin = (id: string) => {
      queue.addReady({
        kind: 'new',
        id,
        key: 'k',
        executionId: 1,
        orderKey: id.charAt(0),
        failures: 0,
        tries: 0,
      } as unknown as ReadyRun);
      queue.nextReady();
    };
    return {
      queue,
      begin,
      looks: () => looks,
      offer: (id: string) => void queue.offer(keyed(kept[kept.push(id) - 1] ?? '')),
      take: async (limit = 8) => {
        const ids = (await queue.take(limit, false, 'key', store)).map(({ id }) => id);
        ids.forEach((id) => [stored, kept].forEach((list) => list.includes(id) && list.splice(list.indexOf(id), 1)));
        return ids;
      },
    };
  }

  test('what was stored here is chosen without the database, once that has nothing else', async () => {
    const { queue, begin, looks, offer, take } = underTestByKey();
    ['a1', 'a2', 'b1'].forEach(offer);
    expect([await take(), looks()]).toEqual([['a1', 'b1'], 1]);
    ['a1', 'b1'].forEach(begin);
    offer('c1');
    expect([await take(), looks()]).toEqual([['c1'], 1]);
    queue.freePlace('a1');
    expect([await take(), looks()]).toEqual([['a2'], 1]);
  });

  test('where all keys are busy nobody asks, until one is free or something comes', async () => {
    const { queue, begin, offer, take } = underTestByKey();
    ['a1', 'a2'].forEach(offer);
    begin((await take())[0] ?? '');
    expect([await take(), queue.isBlocked]).toEqual([[], true]);
    offer('b1');
    expect([queue.isBlocked, await take()]).toEqual([false, ['b1']]);
    expect([await take(), queue.isBlocked]).toEqual([[], true]);
    queue.freePlace('a1');
    expect([queue.isBlocked, await take()]).toEqual([false, ['a2']]);
  });

  test('what is in the database alone is looked for there for as long as there may be some', async () => {
    const { queue, begin, looks, take } = underTestByKey(['a1', 'a2', 'b1']);
    queue.takeWokenMark();
    expect(await take()).toEqual(['a1', 'b1']);
    ['a1', 'b1'].forEach(begin);
    expect([await take(), queue.hasWork, looks()]).toEqual([[], true, 2]);
    queue.freePlace('a1');
    expect([await take(), queue.hasWork]).toEqual([['a2'], false]);
  });
});
