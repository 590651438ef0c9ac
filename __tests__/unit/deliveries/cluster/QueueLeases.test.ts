import { QueueLeases } from '../../../../src/server/deliveries/cluster/QueueLeases';
import { QueueSet } from '../../../../src/server/deliveries/queue/QueueSet';
import type { Scheduler } from '../../../../src/server/deliveries/queue/Scheduler';
import type { QueueLease, QueueLeaseStore } from '../../../../src/server/deliveries/store/QueueLeaseStore';

const ME = 'me';

/** An instance that knows these webhooks, with what became of the queues in the database. */
function instanceKnowing(...known: string[]) {
  const rows = new Map<string, QueueLease>();
  const row = (key: string) => rows.get(key) ?? { key, owner: null, notified: false, paused: false };
  const set = (key: string, values: Partial<QueueLease>) => rows.set(key, { ...row(key), ...values });
  const store = {
    poll: () => Promise.resolve([...rows.values()]),
    ensure: () => Promise.resolve(),
    notify: () => Promise.resolve(),
    acquire: (keys: readonly string[]) => {
      keys.filter((key) => row(key).owner === null).forEach((key) => set(key, { owner: ME, notified: false }));
      return Promise.resolve(keys.map(row));
    },
    handBack: (key: string) => Promise.resolve(void set(key, { owner: null, notified: true })),
    release: (key: string) => Promise.resolve(Boolean(set(key, { owner: null }))),
    acknowledge: () => Promise.resolve(),
  };
  const queues = new QueueSet();
  const names = new Set(known);
  const leases = new QueueLeases({
    store: store as unknown as QueueLeaseStore,
    queues,
    scheduler: {
      wake: () => undefined,
      wakeResumed: () => undefined,
      dispatch: () => undefined,
    } as unknown as Scheduler,
    instanceId: ME,
    knows: (key) => names.has(key),
    serving: () => true,
  });
  return { leases, queues, names, row, set };
}

it('takes the queues of webhooks that it knows, and leaves the others to those who do', async () => {
  const { leases, row, set } = instanceKnowing('known');
  ['known', 'unknown'].forEach((key) => set(key, { notified: true }));
  await leases.poll();
  expect(row('known')).toMatchObject({ owner: ME });
  expect(row('unknown')).toMatchObject({ owner: null, notified: true });
});

it('gives back the queue of a webhook that it no longer knows, for whoever does', async () => {
  const { leases, queues, names, row, set } = instanceKnowing('known');
  set('known', { notified: true });
  await leases.poll();
  await leases.releaseIdle();
  expect(row('known')).toMatchObject({ owner: ME });
  names.clear();
  await leases.releaseIdle();
  expect(row('known')).toMatchObject({ owner: null, notified: true });
  expect(queues.of('known').isOwned).toBe(false);
});

it('keeps it while a run of it is under way here', async () => {
  const { leases, queues, names, row, set } = instanceKnowing('known');
  set('known', { notified: true });
  await leases.poll();
  queues
    .of('known')
    .addReady({ kind: 'cutOff', id: 'd', key: 'known', executionId: 1, failures: 0, tries: 0, orderKey: null });
  queues.of('known').nextReady();
  names.clear();
  await leases.releaseIdle();
  expect(row('known')).toMatchObject({ owner: ME });
});

it('starts nothing in a queue that came from another instance until what had been started there is taken up', async () => {
  const { leases, queues, row, set } = instanceKnowing('known');
  const inherited = ['known', 'unknown'].map((key) => ({ ...row(key), owner: ME, paused: true }));
  leases.inherit(inherited);
  inherited.forEach(({ key }) => set(key, { owner: ME, notified: true, paused: true }));
  leases.offerResumed('known');
  await leases.poll();
  expect(queues.of('known').isOwned).toBe(false);
  await leases.enter(inherited);
  expect(queues.of('known')).toMatchObject({ isOwned: true, isPaused: true });
  expect(row('unknown')).toMatchObject({ owner: null, notified: true });
});
