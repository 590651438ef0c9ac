import type Database from '@nocobase/database';
import { LeaseLost } from '../../../src/server/deliveries/concurrency/Lease';
import type { DeliveryRow } from '../../../src/server/deliveries/model/delivery';
import { newDeliveryId } from '../../../src/server/deliveries/model/ids';
import { DeliveryStore } from '../../../src/server/deliveries/store/DeliveryStore';
import { ExecutionStore } from '../../../src/server/deliveries/store/ExecutionStore';
import { InstanceStore } from '../../../src/server/deliveries/store/InstanceStore';
import { QueueLeaseStore } from '../../../src/server/deliveries/store/QueueLeaseStore';
import { ResumptionStore } from '../../../src/server/deliveries/store/ResumptionStore';
import { RunStore } from '../../../src/server/deliveries/store/RunStore';
import { TransitionStore } from '../../../src/server/deliveries/store/TransitionStore';
import { WriteLock } from '../../../src/server/deliveries/store/WriteLock';
import { DIALECTS } from '../../support/shared';
import { openDatabase } from './database';
import { delivery, execution, planOf } from './rows';
import { because } from '../../../src/common/reasons/reason';

const NOW = { createdAt: new Date(), updatedAt: new Date() };
const POLICY = { onInterruption: 'resume' as const, retry: null };
const ID = { pidNamespace: null, pid: 1 };

/** On SQLite there is one process. */
const SERVERS = DIALECTS.filter((dialect) => dialect !== 'sqlite');

describe.each(SERVERS)('an instance that was taken over writes nothing, on %s', (dialect) => {
  let db: Database;
  let close: () => Promise<void>;
  let lock: WriteLock;
  let store: DeliveryStore;
  let transitions: TransitionStore;
  let executions: ExecutionStore;
  let queues: QueueLeaseStore;
  let instances: InstanceStore;
  let resumptions: ResumptionStore;
  let stale: string;
  let taker: string;

  beforeAll(async () => {
    ({ db, close } = await openDatabase(dialect));
    lock = new WriteLock(db);
    store = new DeliveryStore(db, lock);
    transitions = new TransitionStore(db, lock);
    executions = new ExecutionStore(db);
    await db.getModel('workflowStats').create({ key: 'k', executed: 5 });
    await db.getModel('workflowVersionStats').create({ id: 1, executed: 5 });
    queues = new QueueLeaseStore(db);
    instances = new InstanceStore(db);
    resumptions = new ResumptionStore(db, lock);
  });
  beforeEach(async () => {
    [stale, taker] = [newDeliveryId(), newDeliveryId()];
    await instances.register({ id: stale, ...ID }, -1_000);
    await instances.register({ id: taker, ...ID }, 600_000);
  });
  afterAll(() => close());

  const read = async (id: string) =>
    (await db.getRepository('webhookDeliveries').findOne({ filterByTk: id })).get() as DeliveryRow;
  const takeOver = () =>
    lock.transaction(async (tx) => {
      expect(await instances.retire(stale, false, tx)).toBe(true);
      await queues.takeOver(stale, taker, tx);
      await transitions.takeOver(stale, taker, tx);
    });
  /** A delivery that runs, with its execution and a result that waits. */
  const running = async (owner = stale) => {
    const row = delivery({ status: 'started', owner, attempts: 1 });
    const run = execution(row);
    row.executionId = run.id;
    await store.insert([row]);
    await executions.insert([run], null);
    await db.getModel('jobs').create({ id: run.id, executionId: run.id, status: 0, result: 1 });
    return { id: row.id, execution: run };
  };
  const statusOf = async (id: number) =>
    Number((await db.getRepository('executions').findOne({ filterByTk: id })).get('status'));
  const jobsOf = async (executionId: number) => {
    const found = await db.getRepository('jobs').find({ filter: { executionId }, sort: 'id' });
    return found.map((job: { get(): object }) => job.get() as { status: number; result: unknown });
  };

  it('no lease', async () => {
    expect(await instances.renew(stale, 30_000)).toBe(true);
    await expect(takeOver()).rejects.toThrow();
    await instances.renew(stale, -1_000);
    await takeOver();
    expect(await instances.renew(stale, 30_000)).toBe(false);
  });

  it('no start', async () => {
    const rows = [delivery(), delivery(), delivery()];
    const [one, two, three] = rows.map(({ id }) => id) as [string, string, string];
    await store.insert(rows);
    await takeOver();
    const now = new Date();
    const plan = planOf(rows[0] as DeliveryRow);
    const started = lock.transaction(async (tx) => {
      await transitions.start([plan], stale, now, tx);
      await new ExecutionStore(db, stale).insert([plan.execution], tx);
    });
    await expect(started).rejects.toThrow(LeaseLost);
    expect(await transitions.adopt(planOf(rows[1] as DeliveryRow), { id: 1, workflowId: 1 }, stale, now)).toBe(false);
    expect(await transitions.claim(planOf(rows[2] as DeliveryRow).delivery, POLICY, stale, now)).toBe(false);
    await queues.ensure(['free']);
    expect((await queues.acquire(['free'], stale)).map(({ owner }) => owner)).toEqual([null]);
    expect(await transitions.own((await running(taker)).id, stale, null)).toBe(false);
    expect((await Promise.all([one, two, three].map(read))).map(({ status }) => status)).toEqual(
      Array(3).fill('received'),
    );
  });

  it('and one that is there starts and renews its lease meanwhile', async () => {
    const row = delivery();
    await store.insert([row]);
    const plan = planOf(row);
    await lock.transaction(async (tx) => {
      expect((await transitions.start([plan], taker, new Date(), tx)).size).toBe(1);
      expect(await instances.renew(taker, 600_000)).toBe(true);
      await new ExecutionStore(db, taker).insert([plan.execution], tx);
    });
    expect(await read(row.id)).toMatchObject({ status: 'started', owner: taker });
    expect(await transitions.own(row.id, taker, plan.execution.id)).toBe(true);
  });

  it.each([
    ['in one statement', 'short'],
    ['with a value for each', 'x'.repeat(20_000)],
  ])('no result and no end, %s; and what is another’s is written', async (_how, text) => {
    const [lost, kept] = [await running(), await running(taker)];
    await takeOver();
    const runs = new RunStore(db, lock, stale);
    const mine = new RunStore(db, lock, taker);
    const job = ({ execution: { id } }: typeof lost) => [
      { id: id + 1_000_000, executionId: id, status: 1, result: text, ...NOW },
      { id: id + 2_000_000, executionId: id, status: 1, result: { a: [text] }, ...NOW },
    ];
    const created = (one: typeof lost) => ({ changed: [], created: job(one) });
    const changed = { changed: [{ id: lost.execution.id, values: { status: 1, result: 2 } }], created: [] };
    const both = { changed: changed.changed, created: job(lost) };
    for (const results of [created(lost), changed, both]) {
      await expect(runs.save(lost.id, results)).rejects.toThrow(LeaseLost);
      await expect(runs.saveRemaining(lost.id, results)).rejects.toThrow(LeaseLost);
    }
    const end = ({ id, execution: run }: typeof lost) => ({ id: run.id, deliveryId: id, status: 1, reason: null });
    expect([await runs.end(end(lost)), await runs.endAlone(end(lost))]).toEqual([false, false]);
    expect([await statusOf(lost.execution.id), (await jobsOf(lost.execution.id)).length]).toEqual([0, 1]);

    await Promise.all([mine.save(lost.id, both), mine.save(kept.id, created(kept))]);
    expect(await Promise.all([lost, kept].map((one) => mine.end(end(one))))).toEqual([true, true]);
    expect(await jobsOf(lost.execution.id)).toMatchObject([
      { status: 1, result: 2 },
      { status: 1, result: text },
      { status: 1, result: { a: [text] } },
    ]);
  });

  it('nor does what was stored together with another’s get lost', async () => {
    const [lost, kept] = [await running(stale), await running(taker)];
    const runs = new RunStore(db, lock, taker);
    const save = ({ id, execution: run }: typeof lost) =>
      runs.save(id, {
        changed: [],
        created: [{ id: run.id + 1_000_000, executionId: run.id, status: 1, result: null, ...NOW }],
      });
    // The first goes alone, the others together.
    const saved = await Promise.allSettled([save(await running(taker)), save(lost), save(kept)]);
    expect(saved.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('no status of a delivery', async () => {
    const [ended, seen, noted] = [await running(), await running(), await running()];
    await takeOver();
    const now = new Date();
    await transitions.complete(
      [{ id: ended.id, executionId: ended.execution.id, status: 'succeeded', reason: null }],
      stale,
      now,
    );
    await transitions.note(noted.id, because('RUN_TIMED_OUT'), stale);
    expect(await read(ended.id)).toMatchObject({ status: 'started', owner: taker, attempts: 1, takeovers: 1 });
    expect(await Promise.all([stale, taker].map((owner) => transitions.isAnothers(ended.id, owner)))).toEqual([
      true,
      false,
    ]);
    expect((await read(noted.id)).reasonCode).toBeNull();
    // That an execution has ended is so, whoever sees it; its run is the owner's still.
    await transitions.complete(
      [{ id: seen.id, executionId: seen.execution.id, status: 'cancelled', reason: null, isSeen: true }],
      stale,
      now,
    );
    expect(await read(seen.id)).toMatchObject({ status: 'cancelled', owner: taker });
  });

  it('nor has anything tried again, and nobody what another has in hand', async () => {
    const retry = JSON.stringify({ times: 3, backoff: 1, on: ['failed'] });
    const [lost, kept] = [await running(), await running(taker)];
    const ids = [lost.id, kept.id];
    await db.getModel('webhookDeliveries').update({ retry }, { where: { id: ids } });
    const at = new Date(Date.now() + 60_000);
    const ends = [lost, kept].map(({ id, execution: run }) => ({
      id,
      executionId: run.id,
      status: 'failed' as const,
      reason: null,
      isSeen: true as const,
      at,
    }));
    await transitions.tryAgain([ends[1]!], stale);
    await takeOver();
    await transitions.tryAgain(ends, stale);
    // Nobody's, as one that waited: whoever was taken over writes nothing of it either.
    const free = await running(stale);
    await transitions.release(free.id, stale);
    await transitions.tryAgain([{ ...ends[0]!, id: free.id, executionId: free.execution.id }], stale);
    expect((await Promise.all([...ids, free.id].map(read))).map(({ status }) => status)).toEqual(
      Array(3).fill('started'),
    );
    await transitions.tryAgain(ends, taker);
    for (const id of ids) {
      const row = await read(id);
      expect(row).toMatchObject({ status: 'received', owner: null, attempts: 1 });
      expect(row.nextAttemptAt).toEqual(at);
    }
  });

  it('nor goes on with what has waited', async () => {
    const row = delivery({ status: 'started', attempts: 1, executionId: 7 });
    await store.insert([row]);
    const woken = { id: row.id, key: row.key, executionId: 7, jobId: '7' };
    await resumptions.add(woken, () => Promise.resolve());
    await takeOver();
    expect([await resumptions.take(woken, stale), await resumptions.take(woken, taker)]).toEqual([false, true]);
    expect(await read(row.id)).toMatchObject({ owner: taker });
    // It goes on in another branch already.
    await resumptions.add(woken, () => Promise.resolve());
    expect([await resumptions.take(woken, taker), await resumptions.take(woken, taker)]).toEqual([true, false]);
    const other = newDeliveryId();
    await instances.register({ id: other, ...ID }, 600_000);
    await resumptions.add(woken, () => Promise.resolve());
    expect([await resumptions.take(woken, other), await resumptions.take(woken, taker)]).toEqual([false, true]);
  });

  it('and one that takes it over has it in whole; what it wrote meanwhile is found', async () => {
    await queues.ensure(['queue']);
    await instances.renew(stale, 30_000);
    await queues.acquire(['queue'], stale);
    await instances.renew(stale, -1_000);
    const one = await running();
    await takeOver();
    expect((await queues.poll(taker)).find(({ key }) => key === 'queue')).toMatchObject({ owner: taker });
    expect(await read(one.id)).toMatchObject({ owner: taker, attempts: 1, takeovers: 1 });
    expect(await instances.ghosts()).not.toContain(stale);
    await running(stale);
    expect(await instances.ghosts()).toContain(stale);
  });
});
