import type Database from '@nocobase/database';
import { DeliveryStore } from '../../../src/server/deliveries/store/DeliveryStore';
import { newDeliveryId } from '../../../src/server/deliveries/model/ids';
import { ExecutionStore } from '../../../src/server/deliveries/store/ExecutionStore';
import { InstanceStore } from '../../../src/server/deliveries/store/InstanceStore';
import { QueueLeaseStore } from '../../../src/server/deliveries/store/QueueLeaseStore';
import { RecoveryStore } from '../../../src/server/deliveries/store/RecoveryStore';
import { TransitionStore } from '../../../src/server/deliveries/store/TransitionStore';
import type { DeliveryRow, ExecutionRow } from '../../../src/server/deliveries/model/delivery';
import { WriteLock } from '../../../src/server/deliveries/store/WriteLock';
import { DIALECTS } from '../../support/shared';
import { openDatabase } from './database';

jest.setTimeout(60_000);

const ME = newDeliveryId();

function delivery(fields: Partial<DeliveryRow> = {}): DeliveryRow {
  const receivedAt = new Date();
  return {
    id: newDeliveryId(),
    key: 'k',
    workflowId: 1,
    executionId: null,
    status: 'received',
    reason: null,
    method: 'POST',
    path: '/api/webhooks/k',
    ip: '::1',
    params: {},
    query: { q: ['a', { b: "it's \\ $1 ? :x" }] },
    headers: { 'x-a': 'b' },
    contentType: 'application/json',
    body: '{"emoji":"🚲","quote":"\'\\"","dollar":"$1 $2 ?"}',
    bodyEncoding: 'utf8',
    context: JSON.stringify({ data: { text: "O'Neill \\ \u0001 🚲 $1" } }),
    provider: null,
    secretName: null,
    dedupeKey: null,
    dedupeSlot: null,
    bodyDigest: null,
    replayOf: null,
    owner: null,
    attempts: 0,
    responseStatus: null,
    responseHeaders: null,
    responseBody: null,
    receivedAt,
    startedAt: null,
    finishedAt: null,
    durationMs: null,
    expiresAt: new Date(receivedAt.getTime() + 86_400_000),
    ...fields,
  };
}

let nextExecution = 399498342760448;

function execution({ id, key, context }: DeliveryRow): ExecutionRow {
  const now = new Date();
  return {
    id: nextExecution++,
    workflowId: 1,
    key,
    eventKey: id,
    context: context ?? '{}',
    status: 0,
    dispatched: true,
    startedAt: now,
    expiresAt: null,
    createdAt: now,
    updatedAt: now,
  };
}

describe.each(DIALECTS)('the statements on %s', (dialect) => {
  let db: Database;
  let close: () => Promise<void>;
  let lock: WriteLock;
  let store: DeliveryStore;
  let transitions: TransitionStore;
  let executions: ExecutionStore;
  let leases: QueueLeaseStore;
  let instances: InstanceStore;
  let recovery: RecoveryStore;

  beforeAll(async () => {
    ({ db, close } = await openDatabase(dialect));
    lock = new WriteLock(db);
    store = new DeliveryStore(db, lock);
    transitions = new TransitionStore(db, lock);
    executions = new ExecutionStore(db);
    leases = new QueueLeaseStore(db);
    instances = new InstanceStore(db);
    recovery = new RecoveryStore(db);
    await db.getModel('workflowStats').create({ key: 'k', executed: 5 });
    await db.getModel('workflowVersionStats').create({ id: 1, executed: 5 });
  });
  afterAll(() => close());

  const read = async (id: string) =>
    (await db.getRepository('webhookDeliveries').findOne({ filterByTk: id }))?.get() as DeliveryRow;

  it('keep a delivery as it was', async () => {
    const row = delivery({ key: 'kept' });
    await store.insert([row, delivery({ key: 'kept' })]);
    const { id, key, query, headers, body, context, receivedAt } = await read(row.id);
    expect({ id, key, query, headers, body, context }).toEqual({
      id: row.id,
      key: row.key,
      query: row.query,
      headers: row.headers,
      body: row.body,
      context: row.context,
    });
    expect(new Date(receivedAt).getTime()).toBe(row.receivedAt.getTime());
  });

  it('start each once, and count', async () => {
    const rows = [delivery(), delivery(), delivery()];
    await store.insert(rows);
    expect(await store.nextIds('k', 2)).toEqual(rows.slice(0, 2).map(({ id }) => id));
    const start = async (starts: ExecutionRow[], owner: string) =>
      lock.transaction(async (tx) => {
        const got = await transitions.start(starts, owner, new Date(), tx);
        await executions.insert(
          starts.filter(({ eventKey }) => got.has(eventKey)),
          tx,
        );
        return got;
      });
    const [mine, theirs] = await Promise.all([
      start(rows.map(execution), ME),
      start(rows.map(execution), newDeliveryId()),
    ]);
    expect([mine?.size, theirs?.size].sort()).toEqual([0, 3]);
    const made = await db.getRepository('executions').find();
    expect(made.map((one: { get(name: string): unknown }) => one.get('eventKey')).sort()).toEqual(
      rows.map(({ id }) => id),
    );
    expect(made[0]?.get('context')).toEqual(JSON.parse(String(rows[0]?.context)));
    expect((await db.getModel('workflowStats').findOne())?.get('executed')).toBe(8);
    expect((await db.getModel('workflowVersionStats').findOne())?.get('executed')).toBe(8);
    expect(await read(rows[0]?.id ?? '')).toMatchObject({ status: 'started', context: null, attempts: 1 });
    expect(await store.nextIds('k', 2)).toEqual([]);
  });

  it('end started ones, and nothing else', async () => {
    const [one, two, three] = [delivery({ status: 'started' }), delivery({ status: 'started' }), delivery()];
    await store.insert([one, two, three]);
    await transitions.complete(
      [
        { id: one.id, status: 'succeeded', reason: null },
        { id: two.id, status: 'failed', reason: 'why?' },
        { id: three.id, status: 'succeeded', reason: null },
      ],
      new Date(),
    );
    expect(await read(one.id)).toMatchObject({ status: 'succeeded', reason: null, owner: null });
    expect(await read(two.id)).toMatchObject({ status: 'failed', reason: 'why?' });
    expect((await read(one.id)).durationMs).toBeGreaterThanOrEqual(0);
    expect((await read(three.id)).status).toBe('received');
  });

  it('end a received one once', async () => {
    const row = delivery({ dedupeSlot: 'slot-1' });
    await store.insert([row]);
    expect(await transitions.endUnstarted({ id: row.id, status: 'ignored', reason: 'cancelled' }, new Date())).toBe(
      true,
    );
    expect(await transitions.endUnstarted({ id: row.id, status: 'ignored', reason: 'cancelled' }, new Date())).toBe(
      false,
    );
    expect(await read(row.id)).toMatchObject({ status: 'ignored', dedupeSlot: null, context: null });
  });

  it('hold a dedupe slot for one', async () => {
    const first = delivery({ dedupeSlot: 'slot-2' });
    await store.insert([first]);
    await expect(store.insert([delivery({ dedupeSlot: 'slot-2' })])).rejects.toMatchObject({
      name: 'SequelizeUniqueConstraintError',
    });
    await store.recordAnswers([{ id: first.id, status: 201, headers: { 'x-a': 'b' }, body: 'done' }]);
    expect((await store.slotHolders(['slot-2', 'other'])).get('slot-2')).toMatchObject({
      id: first.id,
      responseStatus: 201,
      responseHeaders: { 'x-a': 'b' },
      responseBody: 'done',
    });
    await store.freeSlots([first.id]);
    await store.insert([delivery({ dedupeSlot: 'slot-2' })]);
  });

  it('keep to each delivery its own answer', async () => {
    const rows = Array.from({ length: 5 }, () => delivery());
    await store.insert(rows);
    const headers = { 'x-text': 'ü "quoted" \\ $1 ?' };
    const answers = rows.slice(0, 4).map(({ id }, index) => ({
      id,
      status: index === 3 ? 404 : 200,
      headers: index === 2 ? {} : headers,
      body: index === 1 ? null : `O'Neill \\ 🚲 $${index} ? :x`,
    }));
    await store.recordAnswers(answers);
    for (const { id, status, ...answer } of answers) {
      const [row, first] = [await read(id), await store.original(id)];
      expect(first).toMatchObject({
        responseStatus: status,
        responseHeaders: answer.headers,
        responseBody: answer.body,
      });
      expect(row.responseHeaders).toEqual(answer.headers);
    }
    expect(await read(String(rows[4]?.id))).toMatchObject({ responseStatus: null, responseBody: null });
  });

  it('give a queue to one instance at a time, and lose no notification', async () => {
    const other = newDeliveryId();
    await leases.ensure(['a', 'b']);
    await leases.ensure(['a', 'b']);
    expect((await leases.acquire(['a'], ME)).map(({ owner }) => owner)).toEqual([ME]);
    expect((await leases.acquire(['a'], other)).map(({ owner }) => owner)).toEqual([ME]);
    await leases.notify(['a']);
    expect(await leases.release('a', ME)).toBe(false);
    expect((await leases.poll(ME)).filter(({ owner }) => owner === ME)).toMatchObject([{ key: 'a', notified: true }]);
    await leases.acknowledge(['a'], ME);
    expect(await leases.release('a', ME)).toBe(true);
    await leases.setPaused('b', true);
    expect(await leases.poll(other)).toMatchObject([{ key: 'b', notified: true, paused: true }]);
    await store.insert([delivery({ key: 'a' })]);
    await leases.notifyForgotten();
    expect((await leases.poll(other)).find(({ key }) => key === 'a')).toMatchObject({ owner: null, notified: true });
  });

  it('tell the living from the dead by the clock of the database', async () => {
    const [alive, dead] = [newDeliveryId(), newDeliveryId()];
    await instances.heartbeat({ id: alive, pidNamespace: 'here', pid: 1 }, 30_000);
    await instances.heartbeat({ id: alive, pidNamespace: 'here', pid: 1 }, 30_000);
    await instances.heartbeat({ id: dead, pidNamespace: null, pid: 2 }, -1_000);
    const rows = await instances.list();
    expect(rows.find(({ id }) => id === alive)).toMatchObject({ pidNamespace: 'here', pid: 1, expired: 0 });
    expect(rows.find(({ id }) => id === dead)).toMatchObject({ pidNamespace: null, expired: 1 });
    await instances.forget(dead);
    expect(await instances.list()).toHaveLength(1);
  });

  it('give a dead instance’s deliveries to one other', async () => {
    const dead = newDeliveryId();
    const row = delivery({ status: 'started', owner: dead, executionId: 7 });
    await store.insert([row]);
    expect(await recovery.startedBy(dead, 10)).toMatchObject([{ id: row.id, key: 'k' }]);
    const got = await Promise.all([
      transitions.takeOver(row.id, dead, ME),
      transitions.takeOver(row.id, dead, newDeliveryId()),
    ]);
    expect(got.filter(Boolean)).toHaveLength(1);
  });

  it('claim one for the engine once, and put it back unless there is an execution of it', async () => {
    const row = delivery();
    await store.insert([row]);
    const claims = await Promise.all([
      transitions.claim(row.id, ME, new Date()),
      transitions.claim(row.id, newDeliveryId(), new Date()),
    ]);
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await read(row.id)).toMatchObject({ status: 'started', context: row.context, attempts: 1 });
    expect(await executions.ofDelivery(row.id)).toBeNull();
    expect(await transitions.putBack(row.id)).toBe(true);
    expect(await read(row.id)).toMatchObject({ status: 'received', owner: null, context: row.context });
    await transitions.claim(row.id, ME, new Date());
    const made = execution(row);
    await lock.transaction((tx) => executions.insert([made], tx));
    expect(await transitions.putBack(row.id)).toBe(false);
    const found = await executions.ofDelivery(row.id);
    expect({ id: Number(found?.id), workflowId: Number(found?.workflowId) }).toEqual({ id: made.id, workflowId: 1 });
    await transitions.link(row.id, made);
    const linked = await read(row.id);
    expect(linked).toMatchObject({ status: 'started', owner: null, context: null });
    expect(Number(linked.executionId)).toBe(made.id);
    await transitions.complete([{ id: row.id, status: 'succeeded', reason: null }], new Date());
    await transitions.link(row.id, { id: 1, workflowId: 1 });
    expect(Number((await read(row.id)).executionId)).toBe(made.id);
  });

  it('delete what is past its retention, but nothing that is open', async () => {
    const past = { expiresAt: new Date(Date.now() - 1_000) };
    const rows = [delivery({ ...past, status: 'succeeded' }), delivery(past), delivery({ status: 'failed' })];
    await store.insert(rows);
    expect(await recovery.purge(new Date(), 100)).toBe(1);
    expect(await Promise.all(rows.map(async ({ id }) => Boolean(await read(id))))).toEqual([false, true, true]);
  });
});
