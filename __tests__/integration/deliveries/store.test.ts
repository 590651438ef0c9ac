import type Database from '@nocobase/database';
import { ConnectionError } from 'sequelize';
import { DirectClaimer } from '../../../src/server/deliveries/execution/direct/DirectClaimer';
import { Withdrawals } from '../../../src/server/deliveries/intake/Withdrawals';
import { DeliveryStore } from '../../../src/server/deliveries/store/DeliveryStore';
import type { RetryConfig } from '../../../src/common/config';
import { eventKeyOf, newDeliveryId } from '../../../src/server/deliveries/model/ids';
import type { NewRun } from '../../../src/server/deliveries/model/run';
import { ExecutionStore } from '../../../src/server/deliveries/store/ExecutionStore';
import { InstanceStore } from '../../../src/server/deliveries/store/InstanceStore';
import { preparePositions } from '../../../src/server/deliveries/store/positions';
import { QueueLeaseStore } from '../../../src/server/deliveries/store/QueueLeaseStore';
import { RecoveryStore } from '../../../src/server/deliveries/store/RecoveryStore';
import { TransitionStore } from '../../../src/server/deliveries/store/TransitionStore';
import type { DeliveryRow, ExecutionRow, Outcome } from '../../../src/server/deliveries/model/delivery';
import type { Tx } from '../../../src/server/deliveries/store/SqlTable';
import { WriteLock } from '../../../src/server/deliveries/store/WriteLock';
import { DIALECTS } from '../../support/shared';
import { openDatabase } from './database';
import { delivery, execution, planOf } from './rows';
import { because } from '../../../src/common/reasons/reason';

const RETRY: RetryConfig = { times: 3, backoff: 60, on: ['failed', 'timedOut'] };
const MARK = { onInterruption: 'mark' as const, retry: RETRY };

const ME = newDeliveryId();
const OTHER = newDeliveryId();

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
    for (const id of [ME, OTHER]) {
      await instances.register({ id, pidNamespace: null, pid: 1 }, 600_000);
    }
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

  describe('with what no database takes, or takes at such a length', () => {
    const BAD = `a\0b\ud800c${'🚲'.repeat(10)}`;
    const GOOD = `a\ufffdb\ufffdc${'🚲'.repeat(10)}`;
    const LONG = `${BAD}${'ü'.repeat(100_000)}`;
    const TEXTS = [
      'method',
      'path',
      'ip',
      'contentType',
      'body',
      'context',
      'provider',
      'secretName',
      'dedupeKey',
      'responseBody',
    ] as const;
    const JSON_FIELDS = ['params', 'query', 'headers', 'responseHeaders'] as const;
    const WHY = because('NOT_STARTED', { error: LONG });
    const all = <Name extends string, Value>(names: readonly Name[], value: Value) =>
      Object.fromEntries(names.map((name) => [name, value])) as Record<Name, Value>;

    // Short rows and long ones take different ways into the database.
    it.each([
      ['short', BAD],
      ['long', LONG],
    ])('keep all of it that can be kept: %s', async (_length, text) => {
      const hostile = delivery({
        key: 'hostile',
        ...all(TEXTS, text),
        ...all(JSON_FIELDS, { [BAD]: text, plain: 'x' }),
      });
      const innocent = delivery({ key: 'innocent' });
      await store.insert([hostile, innocent]);
      const row = await read(hostile.id);
      const kept = Object.fromEntries(TEXTS.map((name) => [name, String(row[name]).slice(0, 5)]));
      expect(kept).toEqual(all(TEXTS, GOOD.slice(0, 5)));
      expect(row.body?.length).toBe(text.length);
      expect(row.body === text.replace(BAD, GOOD)).toBe(true);
      const [first] = Object.entries(row.query);
      expect(first).toEqual([GOOD, text.replace(BAD, GOOD)]);
      expect(row.headers).toEqual(row.query);
      expect(await read(innocent.id)).toMatchObject({ body: innocent.body, headers: innocent.headers });
    });

    it('end as they ended', async () => {
      const rows = [delivery({ key: 'hostile', status: 'started' }), delivery({ key: 'hostile' })];
      await store.insert(rows);
      const [started, received] = rows.map(({ id }) => id);
      await transitions.complete([{ id: started!, executionId: null, status: 'failed', reason: WHY }], ME, new Date());
      await store.recordAnswers([{ id: started!, status: 200, headers: { 'x-a': BAD }, body: LONG }]);
      expect(await transitions.failUnstarted(received!, WHY, new Date())).toBe(true);
      const ended = await read(started!);
      expect(ended).toMatchObject({ status: 'failed', responseHeaders: { 'x-a': GOOD } });
      expect(ended.responseBody).toBe(LONG.replace(BAD, GOOD));
      for (const { reasonCode, reasonValues } of [ended, await read(received!)]) {
        const { error } = reasonValues as { error: string };
        expect([reasonCode, error.length, error.startsWith(GOOD)]).toEqual(['NOT_STARTED', 300, true]);
      }
    });

    it('are looked for all the same', async () => {
      expect(await store.original('no\0id'.padEnd(36, '0')).catch(() => 'no id')).not.toBeUndefined();
      expect(await store.slotHolders(['no\0slot', '\ud800'])).toEqual(new Map());
    });
  });

  it('keep the newest of a webhook’s refused ones, and no other’s', async () => {
    const key = newDeliveryId();
    const refused = Array.from({ length: 12 }, () => delivery({ key, status: 'rejected' }));
    const others = [delivery({ key, status: 'ignored' }), delivery({ key: `${key} too`, status: 'rejected' })];
    await store.insert([...refused, ...others]);
    await store.trim(key, 'rejected', 5);
    const left = await db.getRepository('webhookDeliveries').find({ filter: { key: { $includes: key } }, sort: 'id' });
    expect(left.map((row: { get(field: string): unknown }) => String(row.get('id')))).toEqual(
      [...refused.slice(-5), ...others].map(({ id }) => id),
    );
    await store.trim(key, 'rejected', 5);
    await store.trim('nobody', 'rejected', 5);
    expect(await db.getRepository('webhookDeliveries').count({ filter: { key, status: 'rejected' } })).toBe(5);
  });

  it('start each once, and count', async () => {
    const rows = [delivery(), delivery(), delivery()];
    await store.insert(rows);
    expect(await store.nextIds('k', 2)).toEqual(rows.slice(0, 2).map(({ id }) => id));
    const start = async (starts: ExecutionRow[], owner: string) =>
      lock.transaction(async (tx) => {
        const got = await transitions.start(
          starts.map((row, index) => ({
            ...planOf(rows[index]!),
            execution: row,
            onInterruption: index === 1 ? 'mark' : 'resume',
            retry: index === 1 ? RETRY : null,
          })),
          owner,
          new Date(),
          tx,
        );
        await executions.insert(
          starts.filter(({ eventKey }) => got.has(eventKey)),
          tx,
        );
        return got;
      });
    const [mine, theirs] = await Promise.all([start(rows.map(execution), ME), start(rows.map(execution), OTHER)]);
    expect([mine?.size, theirs?.size].sort()).toEqual([0, 3]);
    const made = await db.getRepository('executions').find();
    expect(made.map((one: { get(name: string): unknown }) => one.get('eventKey')).sort()).toEqual(
      rows.map(({ id }) => id),
    );
    expect(made[0]?.get('context')).toEqual(JSON.parse(String(rows[0]?.context)));
    expect((await db.getModel('workflowStats').findOne())?.get('executed')).toBe(8);
    expect((await db.getModel('workflowVersionStats').findOne())?.get('executed')).toBe(8);
    expect(await read(rows[0]?.id ?? '')).toMatchObject({ status: 'started', context: null, attempts: 1 });
    const policies = await Promise.all(rows.map(async ({ id }) => (await read(id)).onInterruption));
    expect(policies).toEqual(['resume', 'mark', 'resume']);
    const stored = await Promise.all(rows.map(async ({ id }) => (await read(id)).retry));
    expect(stored).toEqual([null, JSON.stringify(RETRY), null]);
    expect(await store.nextIds('k', 2)).toEqual([]);
  });

  it('end started ones, and nothing else', async () => {
    const [one, two, three] = [delivery({ status: 'started' }), delivery({ status: 'started' }), delivery()];
    await store.insert([one, two, three]);
    await transitions.complete(
      [
        { id: one.id, executionId: null, status: 'succeeded', reason: null },
        { id: two.id, executionId: null, status: 'failed', reason: because('RUN_FAILED', { state: 'why?' }) },
        { id: three.id, executionId: null, status: 'succeeded', reason: null },
      ],
      ME,
      new Date(),
    );
    expect(await read(one.id)).toMatchObject({
      status: 'succeeded',
      reasonCode: null,
      reasonValues: null,
      owner: null,
    });
    expect(await read(two.id)).toMatchObject({
      status: 'failed',
      reasonCode: 'RUN_FAILED',
      reasonValues: { state: 'why?' },
    });
    expect((await read(one.id)).durationMs).toBeGreaterThanOrEqual(0);
    expect((await read(three.id)).status).toBe('received');
  });

  it('end a received one once', async () => {
    const rows = [delivery({ dedupeSlot: 'slot-1' }), delivery({ dedupeSlot: 'slot-1b' }), delivery()];
    const [failed, cancelled, other] = rows.map(({ id }) => id);
    await store.insert(rows.slice(0, 1));
    await store.insert(rows.slice(1));
    expect(await transitions.failUnstarted(failed!, because('TRIGGER_REFUSED'), new Date())).toBe(true);
    expect(await transitions.failUnstarted(failed!, because('TRIGGER_REFUSED'), new Date())).toBe(false);
    expect(await read(failed!)).toMatchObject({
      status: 'failed',
      reasonCode: 'TRIGGER_REFUSED',
      dedupeSlot: null,
      context: null,
    });
    expect(await transitions.cancelUnstarted([failed!, cancelled!, other!], because('CANCELLED'), new Date())).toBe(2);
    expect(await transitions.cancelUnstarted([cancelled!, other!], because('CANCELLED'), new Date())).toBe(0);
    const end = {
      status: 'cancelled',
      reasonCode: 'CANCELLED',
      reasonValues: {},
      context: null,
      durationMs: expect.anything(),
    };
    // It was acknowledged: a repeat is told what its caller was, or runs again, as set.
    expect(await read(cancelled!)).toMatchObject({ ...end, dedupeSlot: 'slot-1b' });
    expect(await read(other!)).toMatchObject(end);
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
      answer: { status: 201, headers: { 'x-a': 'b' }, body: 'done' },
    });
    await store.freeSlots([first.id]);
    await store.insert([delivery({ dedupeSlot: 'slot-2' })]);
  });

  it('hand a slot on to a replay, unless a repeat has it by now', async () => {
    const [failed, replay, other] = [delivery({ dedupeSlot: 'slot-3', bodyDigest: 'd' }), delivery(), delivery()];
    await store.insert([failed]);
    await store.insert([replay, other]);
    await store.passSlot(failed, replay.id);
    await store.passSlot(failed, other.id);
    expect((await store.slotHolders(['slot-3'])).get('slot-3')).toMatchObject({ id: replay.id, bodyDigest: 'd' });
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
      // One that wasn't kept is not an empty one.
      expect(first?.answer).toEqual(answer.body === null ? null : { status, ...answer });
      expect(row.responseHeaders).toEqual(answer.headers);
    }
    const [told] = rows as [DeliveryRow];
    await store.recordAnswers([{ id: told.id, status: 408, headers: null, body: '{"errors":[]}' }]);
    expect((await store.original(told.id))?.answer).toBeNull();
    await store.recordRepeatAnswer(told.id, { status: 201, headers: { 'x-a': 'b' }, body: '🚲' });
    expect((await store.original(told.id))?.answer).toEqual({ status: 201, headers: { 'x-a': 'b' }, body: '🚲' });
    expect(await read(told.id)).toMatchObject({ responseStatus: 408, responseBody: '{"errors":[]}' });
    expect(await read(String(rows[4]?.id))).toMatchObject({ responseStatus: null, responseBody: null });
  });

  it('give a queue to one instance at a time, and lose no notification', async () => {
    const other = OTHER;
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
    await instances.register({ id: alive, pidNamespace: 'here', pid: 1 }, -1_000);
    await instances.register({ id: alive, pidNamespace: 'here', pid: 1 }, 30_000);
    await instances.register({ id: dead, pidNamespace: null, pid: 2 }, -1_000);
    const rows = await instances.list();
    expect(rows.find(({ id }) => id === alive)).toMatchObject({ pidNamespace: 'here', pid: 1, expired: 0 });
    expect(rows.find(({ id }) => id === dead)).toMatchObject({ pidNamespace: null, expired: 1 });
    await instances.forget(dead);
    expect((await instances.list()).map(({ id }) => id)).not.toContain(dead);
    expect(await Promise.all([alive, dead].map((id) => instances.renew(id, 30_000)))).toEqual([true, false]);
  });

  it('give a dead instance’s deliveries to one other', async () => {
    const dead = newDeliveryId();
    const row = delivery({ status: 'started', owner: dead, executionId: 7 });
    await store.insert([row]);
    expect(await recovery.startedBy(dead, 10)).toMatchObject([{ id: row.id, key: 'k' }]);
    const got = await Promise.all([
      transitions.takeOver(dead, ME, null),
      transitions.takeOver(dead, newDeliveryId(), null),
    ]);
    expect(got.sort()).toEqual([0, 1]);
  });

  it('claim one for the engine once, and put it back unless there is an execution of it', async () => {
    const row = delivery();
    await store.insert([row]);
    const claims = await Promise.all([
      transitions.claim(planOf(row).delivery, MARK, ME, new Date()),
      transitions.claim(planOf(row).delivery, MARK, OTHER, new Date()),
    ]);
    expect(claims.filter(Boolean)).toHaveLength(1);
    const claimed = { status: 'started', context: row.context, attempts: 1, onInterruption: 'mark' };
    expect(await read(row.id)).toMatchObject(claimed);
    expect(await recovery.onInterruption(row.id)).toBe('mark');
    expect(await executions.ofEvent(row.id)).toBeNull();
    expect(await transitions.putBack(row.id, row.id)).toBe(true);
    const back = { status: 'received', owner: null, context: row.context, onInterruption: null };
    expect(await read(row.id)).toMatchObject(back);
    await transitions.claim(planOf(row).delivery, MARK, ME, new Date());
    const made = execution(row);
    await lock.transaction((tx) => executions.insert([made], tx));
    expect(await transitions.putBack(row.id, row.id)).toBe(false);
    const found = await executions.ofEvent(row.id);
    expect({ id: Number(found?.id), workflowId: Number(found?.workflowId) }).toEqual({ id: made.id, workflowId: 1 });
    await transitions.link(row.id, made);
    const linked = await read(row.id);
    expect(linked).toMatchObject({ status: 'started', owner: null, context: null });
    expect(Number(linked.executionId)).toBe(made.id);
    await transitions.complete(
      [{ id: row.id, executionId: made.id, status: 'succeeded', reason: null }],
      ME,
      new Date(),
    );
    await transitions.link(row.id, { id: 1, workflowId: 1 });
    expect(Number((await read(row.id)).executionId)).toBe(made.id);
  });

  it('are tried again in the same row, each attempt with an execution of its own, and none is ended by an earlier one', async () => {
    const row = delivery({ key: 'again', repeatAnswer: '{"status":408,"headers":{},"body":""}' });
    const behind = delivery({ key: 'again' });
    await store.insert([row, behind]);
    const attempt = async (attempts: number, executionIds: number[]) => {
      const plan = planOf({ ...row, attempts, executionIds }, { retry: RETRY });
      plan.execution.eventKey = eventKeyOf(row.id, attempts + 1);
      const run = { id: row.id, execution: plan.execution, earlier: executionIds };
      await lock.transaction(async (tx) => {
        const got = await transitions.start([plan], ME, new Date(), tx);
        await executions.closeOpen(executionIds, tx);
        await executions.insert(got.size > 0 ? [plan.execution] : [], tx);
      });
      return run;
    };
    const endOf = ({ execution: run }: Awaited<ReturnType<typeof attempt>>): Outcome => ({
      id: row.id,
      executionId: run.id,
      status: 'failed',
      reason: because('RUN_TIMED_OUT'),
    });
    const first = await attempt(0, []);
    expect(await transitions.retriedAmong([endOf(first)])).toEqual([
      { id: row.id, key: 'again', attempts: 1, retry: RETRY },
    ]);
    const at = new Date(Date.now() + 60_000);
    await transitions.tryAgain([{ ...endOf(first), at }], ME);
    const waiting = await read(row.id);
    expect(waiting).toMatchObject({
      status: 'received',
      owner: null,
      reasonCode: 'RUN_TIMED_OUT',
      attempts: 1,
      repeatAnswer: null,
    });
    expect(waiting.nextAttemptAt).toEqual(at);
    expect(JSON.parse(String(waiting.context))).toEqual(JSON.parse(String(row.context)));
    expect([waiting.executionIds, Number(waiting.executionId)]).toEqual([[first.execution.id], first.execution.id]);
    expect(await store.original(row.id)).toMatchObject({ status: 'received', isRetried: true });

    // In order what is behind it waits; side by side it doesn't.
    const [now, then] = [new Date(), new Date(at.getTime() + 1)];
    expect(await store.next('again', 5, true, now)).toEqual({ ids: [], isAll: true, isBlocked: true });
    expect(await store.next('again', 5, false, now)).toEqual({ ids: [behind.id], isAll: true, isBlocked: false });
    const both = { ids: [row.id, behind.id], isAll: true, isBlocked: false };
    expect(await Promise.all([true, false].map((ordered) => store.next('again', 5, ordered, then)))).toEqual([
      both,
      both,
    ]);
    const queues = new QueueLeaseStore(db);
    await queues.ensure(['again']);
    expect([await queues.withDueAttempts(ME, now), await queues.withDueAttempts(ME, then)]).toEqual([[], ['again']]);
    await transitions.cancelUnstarted([behind.id], because('CANCELLED'), now);

    // Whoever read it before it was tried the first time starts nothing.
    expect((await store.waiting([row.id]))[0]).toMatchObject({ attempts: 1, executionIds: [first.execution.id] });
    await attempt(0, []);
    expect(await read(row.id)).toMatchObject({ status: 'received', attempts: 1 });
    await db.getModel('executions').update({ status: 0 }, { where: { id: first.execution.id } });
    const second = await attempt(1, [first.execution.id]);
    const ids = [first.execution.id, second.execution.id];
    const started = await read(row.id);
    expect(started).toMatchObject({ status: 'started', attempts: 2, nextAttemptAt: null, executionIds: ids });
    expect((await db.getModel('executions').findByPk(first.execution.id))?.get('status')).toBe(-3);

    // What is late of the first attempt is nothing of the second.
    await transitions.complete([endOf(first)], ME, new Date());
    await transitions.tryAgain([{ ...endOf(first), at }], ME);
    expect(await transitions.retriedAmong([endOf(first)])).toEqual([]);
    expect(await transitions.own(row.id, ME, first.execution.id)).toBe(false);
    expect(await transitions.own(row.id, ME, second.execution.id)).toBe(true);
    expect([await transitions.isCurrent(row.id, ids[0]!), await transitions.isCurrent(row.id, ids[1]!)]).toEqual([
      false,
      true,
    ]);
    await store.recordRepeatAnswer(row.id, { status: 500, headers: {}, body: '' });
    expect(await read(row.id)).toMatchObject({ status: 'started', owner: ME, repeatAnswer: null });

    // Put back, it is what it was.
    const run = {
      kind: 'new',
      key: 'again',
      failures: 0,
      tries: 0,
      orderKey: null,
      executionId: ids[1]!,
      ...second,
    } as unknown as NewRun;
    const back = { ...run, execution: { context: { a: 1 } } } as unknown as NewRun;
    await lock.transaction((tx) => transitions.unstart([back], ME, tx));
    const again = await read(row.id);
    expect(again).toMatchObject({ status: 'received', attempts: 1, executionIds: [first.execution.id] });
    expect([Number(again.executionId), again.nextAttemptAt]).toEqual([first.execution.id, started.startedAt]);
    expect(await transitions.skipAttempt(row.id, because('RETRY_CANCELLED'), new Date())).toBe(true);
    expect(await read(row.id)).toMatchObject({
      status: 'cancelled',
      context: null,
      nextAttemptAt: null,
      executionIds: [ids[0]],
    });
    expect(await transitions.skipAttempt(row.id, because('RETRY_CANCELLED'), new Date())).toBe(false);
  });

  it('whose execution is gone are not tried again', async () => {
    const row = delivery({
      key: 'gone',
      status: 'started',
      owner: ME,
      executionId: 5,
      retry: JSON.stringify(RETRY),
      attempts: 1,
    });
    await store.insert([row]);
    const end: Outcome = { id: row.id, executionId: 5, status: 'failed', reason: null };
    await transitions.tryAgain([{ ...end, at: new Date() }], ME);
    expect((await read(row.id)).status).toBe('started');
  });

  it('delete what is past its retention, but nothing that is open', async () => {
    const past = { expiresAt: new Date(Date.now() - 1_000) };
    const rows = [delivery({ ...past, status: 'succeeded' }), delivery(past), delivery({ status: 'failed' })];
    await store.insert(rows);
    expect(await recovery.purge(new Date(), 100)).toBe(1);
    expect(await Promise.all(rows.map(async ({ id }) => Boolean(await read(id))))).toEqual([false, true, true]);
  });

  it('start deliveries whose COMMIT is not answered once, before what is started later', async () => {
    const rows = [delivery({ key: 'doubt' }), delivery({ key: 'doubt' }), delivery({ key: 'doubt' })];
    await store.insert(rows);
    let lost = 0;
    const transaction = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
      const result = await lock.transaction(work);
      if (lost++ === 0) {
        throw new ConnectionError(new Error('Connection terminated unexpectedly'));
      }
      return result;
    };
    const byId = new Map(rows.map((row) => [row.id, row]));
    const claimer = new DirectClaimer({
      lock: { transaction } as WriteLock,
      transitions,
      executions,
      engine: {
        current: (workflow: unknown) => workflow,
        isValid: () => Promise.resolve(true),
        planExecution: (_workflow: unknown, id: string) => execution(byId.get(id) ?? delivery()),
        toModel: (row: ExecutionRow) => row,
      } as never,
      owner: ME,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
    const endpoint = {
      key: 'doubt',
      workflowId: 1,
      workflow: {},
      config: { concurrency: 1, onInterruption: 'resume', retry: null },
    } as never;
    const requests = rows.map(({ id, context }) => ({
      endpoint,
      delivery: {
        id,
        workflowId: 1,
        attempts: 0,
        executionIds: [],
        orderKey: null,
        text: context ?? '',
        context: JSON.parse(context ?? '{}') as object,
      },
    }));
    const first = await claimer.claim(requests.slice(0, 2));
    expect([first.runs, first.failure]).toEqual([[], expect.any(ConnectionError)]);
    expect(rows.map(({ id }) => claimer.holds(id))).toEqual([true, true, false]);
    const second = await claimer.claim(requests.slice(2));
    expect(second.runs.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    expect(rows.map(({ id }) => claimer.holds(id))).toEqual([false, false, false]);
    expect((await claimer.claim([])).runs).toEqual([]);
  });

  it('withdraw what is stored although its caller was told that it is not, and nothing else', async () => {
    const row = delivery({ key: 'k', status: 'started', owner: ME, dedupeSlot: newDeliveryId(), attempts: 1 });
    const other = delivery({ key: 'k', status: 'started', owner: newDeliveryId(), attempts: 1 });
    const runs = [execution(row), execution(other)];
    await store.insert([row, other]);
    await executions.insert(runs, null);
    const withdrawals = new Withdrawals({
      lock,
      transitions,
      executions,
      recovery,
      owner: ME,
      isUndecided: () => false,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
    withdrawals.add(row.id);
    withdrawals.add(other.id);
    await withdrawals.poll();
    expect(await read(row.id)).toMatchObject({
      status: 'cancelled',
      owner: null,
      dedupeSlot: null,
      executionId: null,
      responseStatus: 503,
      responseHeaders: expect.objectContaining({ 'retry-after': '5' }) as object,
    });
    expect((await store.original(row.id))?.answer?.status).toBe(503);
    expect(await executions.ofEvent(row.id)).toBeNull();
    expect(await read(other.id)).toMatchObject({ status: 'started' });
    expect(await executions.ofEvent(other.id)).not.toBeNull();
  });

  describe('in the order in which they were stored, whatever their receivers’ clocks say', () => {
    const LARGE = 'x'.repeat(40_000);
    // Statements are written in another way for large rows.
    const rows = ['', LARGE, '', LARGE].flatMap((body, index) =>
      ['c', 'b', 'a'].map((letter) =>
        delivery({ id: `01900000-0000-7000-8000-00000000${9 - index}00${letter}`, body }),
      ),
    );

    it('are next', async () => {
      const key = 'positions';
      for (const at of [0, 3, 6, 9]) {
        await store.insert(rows.slice(at, at + 3).map((row) => ({ ...row, key })));
      }
      const ids = rows.map(({ id }) => id);
      expect((await store.next(key, 20, true, new Date())).ids).toEqual(ids);
      expect((await store.next(key, 4, false, new Date())).ids).toEqual(ids.slice(0, 4));
      expect(await store.nextIds(key, 20)).toEqual(ids);
    });

    it('are so behind a restored backup, which brings its own numbers', async () => {
      const last = Number(await db.getModel('webhookDeliveries').max('position'));
      const restored = delivery({ key: 'restored' });
      await db.getModel('webhookDeliveries').create({ ...restored, position: last + 1_000 });
      await preparePositions(db);
      await preparePositions(db);
      const after = [delivery({ key: 'restored' }), delivery({ key: 'restored' })];
      await store.insert(after);
      const found = (await store.next('restored', 5, true, new Date())).ids;
      expect(found).toEqual([restored, ...after].map(({ id }) => id));
    });

    it('are told NocoBase, for it to sync their table, without the counting coming to harm', async () => {
      await db.sync();
      const two = [delivery({ key: 'synced' }), delivery({ key: 'synced' })];
      await store.insert(two);
      expect((await store.next('synced', 5, true, new Date())).ids).toEqual(two.map(({ id }) => id));
    });
  });

  it('are read in pages by their owner', async () => {
    const owner = newDeliveryId();
    const rows = [1, 2, 3].map(() => delivery({ status: 'started', owner, attempts: 1 }));
    await store.insert(rows);
    const [first, ...others] = rows.map(({ id }) => id).sort();
    expect((await recovery.startedBy(owner, 10, first)).map(({ id }) => id)).toEqual(others);
    expect(await recovery.startedOf([first ?? ''], owner)).toMatchObject([{ id: first, attempts: 1 }]);
    expect(await recovery.startedOf([first ?? ''], ME)).toEqual([]);
  });
});
