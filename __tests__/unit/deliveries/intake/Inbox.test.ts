import { DatabaseError, ConnectionError, UniqueConstraintError } from 'sequelize';
import { Inbox, type InboxParts, type Incoming } from '../../../../src/server/deliveries/intake/Inbox';
import type { DeliveryStore } from '../../../../src/server/deliveries/store/DeliveryStore';
import { newDeliveryId } from '../../../../src/server/deliveries/model/ids';
import type { DeliveryRow, OriginalDelivery } from '../../../../src/server/deliveries/model/delivery';

const BOUNDS = { rows: 10, bytes: 10_000, waitMs: 200 };

/** A database that takes its time, and refuses the rows it is told to. */
class FakeStore {
  batches: string[][] = [];
  rows: DeliveryRow[] = [];
  bad = new Set<string>();
  away = false;
  hold: Promise<void> = Promise.resolve();
  freed: string[] = [];

  async insert(rows: readonly DeliveryRow[]): Promise<void> {
    await this.hold;
    if (this.away) {
      throw new ConnectionError(new Error('gone'));
    }
    if (rows.some(({ id }) => this.bad.has(id))) {
      throw new DatabaseError(Object.assign(new Error('bad row'), { sql: '' }));
    }
    const slots = this.rows.map(({ dedupeSlot }) => dedupeSlot);
    if (rows.some(({ dedupeSlot }) => dedupeSlot !== null && slots.includes(dedupeSlot))) {
      throw new UniqueConstraintError({ message: 'taken' });
    }
    this.batches.push(rows.map(({ id }) => id));
    this.rows.push(...rows);
  }

  async slotHolders(slots: readonly string[]): Promise<Map<string, OriginalDelivery>> {
    return new Map(
      this.rows.flatMap((row) =>
        row.dedupeSlot && slots.includes(row.dedupeSlot)
          ? [[row.dedupeSlot, { ...row, answer: null, isRetried: false, isAnswerOfCaller: true }]]
          : [],
      ),
    );
  }

  async stored(ids: readonly string[]): Promise<Set<string>> {
    return new Set(this.rows.flatMap(({ id }) => (ids.includes(id) ? id : [])));
  }

  async freeSlots(ids: readonly string[]): Promise<void> {
    this.freed.push(...ids);
    this.rows.filter(({ id }) => ids.includes(id)).forEach((row) => (row.dedupeSlot = null));
  }
}

function incoming(fields: Partial<DeliveryRow> = {}, windowMs = 0, bytes = 1): Incoming {
  const row = {
    id: newDeliveryId(),
    dedupeSlot: null,
    receivedAt: new Date(),
    context: '{}',
    ...fields,
  } as DeliveryRow;
  return { row, context: {}, bytes, rule: { windowMs, onFailed: 'rerun' }, execution: null };
}

function setUp() {
  const store = new FakeStore();
  const stored: string[] = [];
  const withdrawn: string[] = [];
  const refused: string[] = [];
  const parts = {
    store: store as unknown as DeliveryStore,
    onStored: (list: readonly Incoming[]) => void stored.push(...list.map(({ row }) => row.id)),
    onRefused: (id: string) => void refused.push(id),
    withdraw: async (ids: readonly string[]): Promise<void> => void withdrawn.push(...ids),
  };
  const inbox = new Inbox(parts as InboxParts, BOUNDS);
  return { store, inbox, stored, withdrawn, refused, parts };
}

function held(): { promise: Promise<void>; release: () => void } {
  let release = () => undefined as void;
  const promise = new Promise<void>((resolve) => (release = resolve));
  return { promise, release };
}

it('lets a lone delivery wait for nobody, and what arrives meanwhile share the next commit', async () => {
  const { store, inbox, stored } = setUp();
  const gate = held();
  store.hold = gate.promise;
  const [first, second, third] = [incoming(), incoming(), incoming()];
  const one = inbox.put(first);
  await new Promise((resolve) => setTimeout(resolve, 5));
  const others = [inbox.put(second), inbox.put(third)];
  gate.release();
  expect(await Promise.all([one, ...others])).toEqual([null, null, null]);
  expect(store.batches).toEqual([[first.row.id], [second.row.id, third.row.id]]);
  expect(stored).toEqual([first.row.id, second.row.id, third.row.id]);
});

it('lets a bad row fail alone', async () => {
  const { store, inbox, stored } = setUp();
  const all = [1, 2, 3, 4, 5].map(() => incoming());
  store.bad.add(String(all[2]?.row.id));
  const results = await Promise.allSettled(all.map((one) => inbox.put(one)));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect(results[2]).toMatchObject({ reason: { code: 'NOT_RECORDED', options: { headers: { 'retry-after': '5' } } } });
  expect(stored).toEqual(all.filter((_one, index) => index !== 2).map(({ row }) => row.id));
  expect(all.filter(({ row }) => inbox.holds(row.id))).toEqual([]);
});

it('does not try each by itself where the database is away', async () => {
  const { store, inbox } = setUp();
  store.away = true;
  const results = await Promise.allSettled([inbox.put(incoming()), inbox.put(incoming())]);
  expect(results.map((result) => result.status === 'rejected' && result.reason.code)).toEqual([
    'NOT_RECORDED',
    'NOT_RECORDED',
  ]);
});

it('takes no more than it can hold, and takes again once there is room', async () => {
  const { store, inbox } = setUp();
  const gate = held();
  store.hold = gate.promise;
  const blocked = inbox.put(incoming());
  await new Promise((resolve) => setTimeout(resolve, 5));
  const waiting = Array.from({ length: BOUNDS.rows }, () => inbox.put(incoming()));
  await expect(inbox.put(incoming())).rejects.toMatchObject({
    code: 'OVERLOADED',
    options: { headers: { 'retry-after': '5' } },
  });
  gate.release();
  await Promise.all([blocked, ...waiting]);
  expect(await inbox.put(incoming())).toBeNull();
});

it('tells a caller who waited too long, and withdraws the row if it comes yet', async () => {
  const { store, inbox, stored, withdrawn } = setUp();
  const gate = held();
  store.hold = gate.promise;
  const late = incoming();
  await expect(inbox.put(late)).rejects.toMatchObject({ code: 'NOT_RECORDED' });
  expect(inbox.holds(late.row.id)).toBe(true);
  gate.release();
  await inbox.stop();
  expect([store.rows.length, inbox.holds(late.row.id)]).toEqual([1, false]);
  expect([stored, withdrawn]).toEqual([[], [late.row.id]]);
});

it('withdraws none that has a slot: who repeats the call is a repeat of it', async () => {
  const { store, inbox, stored, withdrawn } = setUp();
  const gate = held();
  store.hold = gate.promise;
  const late = incoming({ dedupeSlot: 's' }, 60_000);
  await expect(inbox.put(late)).rejects.toMatchObject({ code: 'NOT_RECORDED' });
  const repeat = inbox.put(incoming({ dedupeSlot: 's' }, 60_000));
  gate.release();
  expect((await repeat)?.id).toBe(late.row.id);
  expect([stored, withdrawn]).toEqual([[late.row.id], []]);
});

it('tells no caller otherwise once its row is stored, however long the rest of its batch takes', async () => {
  const { store, inbox, stored, withdrawn } = setUp();
  const [first, bad, last] = [incoming(), incoming(), incoming()];
  store.bad.add(bad.row.id);
  const gate = held();
  const insert = store.insert.bind(store);
  store.insert = async (rows) => {
    await insert(rows);
    // The others of the batch come after this one, and have to wait.
    store.hold = gate.promise;
  };
  const results = Promise.allSettled([first, bad, last].map((one) => inbox.put(one)));
  await new Promise((resolve) => setTimeout(resolve, 2 * BOUNDS.waitMs));
  gate.release();
  const [one] = await results;
  expect(one).toEqual({ status: 'fulfilled', value: null });
  await inbox.stop();
  expect([stored.includes(first.row.id), withdrawn.includes(first.row.id)]).toEqual([true, false]);
});

it('tells no caller otherwise while others of its batch are withdrawn', async () => {
  const { inbox, store, stored, parts } = setUp();
  const [before, commit, withdrawal] = [held(), held(), held()];
  let isWithdrawing = false;
  parts.withdraw = () => {
    isWithdrawing = true;
    return withdrawal.promise;
  };
  store.hold = before.promise;
  void inbox.put(incoming()).catch(() => undefined);
  while (inbox.depth > 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  const refused = inbox.put(incoming());
  await new Promise((resolve) => setTimeout(resolve, BOUNDS.waitMs / 2));
  const second = incoming();
  const late = inbox.put(second);
  // The two are one batch from here on.
  store.hold = commit.promise;
  before.release();
  await expect(refused).rejects.toMatchObject({ code: 'NOT_RECORDED' });
  commit.release();
  await new Promise((resolve) => setTimeout(resolve, BOUNDS.waitMs));
  expect(isWithdrawing).toBe(true);
  withdrawal.release();
  expect(await late).toBeNull();
  expect(stored).toContain(second.row.id);
});

it('leaves to others what is started in the same commit', async () => {
  const { store, inbox, stored, withdrawn, refused } = setUp();
  store.hold = held().promise;
  const late = { ...incoming(), execution: {} as Incoming['execution'] };
  await expect(inbox.put(late)).rejects.toMatchObject({ code: 'NOT_RECORDED' });
  expect([stored, withdrawn, refused]).toEqual([[], [], [late.row.id]]);
});

it('stores nothing of a caller who was told so before its turn came', async () => {
  const { store, inbox, stored } = setUp();
  const gate = held();
  store.hold = gate.promise;
  const [first, second] = [incoming(), incoming()];
  const puts = [inbox.put(first)];
  while (inbox.depth > 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  puts.push(inbox.put(second));
  const results = await Promise.allSettled(puts);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect([first, second].map(({ row }) => inbox.holds(row.id))).toEqual([true, false]);
  gate.release();
  await inbox.stop();
  expect([store.rows.map(({ id }) => id), stored]).toEqual([[first.row.id], []]);
});

describe('duplicates', () => {
  it('are told of the original, in one batch and in the next', async () => {
    const { store, inbox } = setUp();
    const first = incoming({ dedupeSlot: 's' }, 60_000);
    const [one, twin] = await Promise.all([inbox.put(first), inbox.put(incoming({ dedupeSlot: 's' }, 60_000))]);
    const later = await inbox.put(incoming({ dedupeSlot: 's' }, 60_000));
    expect([one, twin?.id, later?.id]).toEqual([null, first.row.id, first.row.id]);
    expect(store.rows).toHaveLength(1);
  });

  it('are known when another instance was first in the same moment', async () => {
    const { store, inbox } = setUp();
    const elsewhere = incoming({ dedupeSlot: 's' }, 60_000).row;
    const gate = held();
    store.hold = gate.promise.then(() => void store.rows.push(elsewhere));
    const mine = inbox.put(incoming({ dedupeSlot: 's' }, 60_000));
    const other = inbox.put(incoming());
    await new Promise((resolve) => setTimeout(resolve, 5));
    gate.release();
    expect((await mine)?.id).toBe(elsewhere.id);
    expect(await other).toBeNull();
  });

  it('are none once the window is over', async () => {
    const { store, inbox } = setUp();
    const first = incoming({ dedupeSlot: 's' }, 60_000);
    await inbox.put(first);
    const later = new Date(Date.now() + 60_001);
    expect(await inbox.put(incoming({ dedupeSlot: 's', receivedAt: later }, 60_000))).toBeNull();
    expect(store.freed).toEqual([first.row.id]);
  });

  it('fail with their original, and are then let through', async () => {
    const { store, inbox } = setUp();
    store.away = true;
    const results = await Promise.allSettled([
      inbox.put(incoming({ dedupeSlot: 's' }, 60_000)),
      inbox.put(incoming({ dedupeSlot: 's' }, 60_000)),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    store.away = false;
    expect(await inbox.put(incoming({ dedupeSlot: 's' }, 60_000))).toBeNull();
  });
});

describe('where the answer to a commit does not come', () => {
  const lost = () => new DatabaseError(Object.assign(new Error('silent'), { sql: '', code: 'ETIMEDOUT' }));

  it.each([
    ['it is stored once, and known, where it was committed', true],
    ['it is stored again where it was not', false],
  ])('%s', async (_what, wasCommitted) => {
    const { store, inbox, stored } = setUp();
    const insert = store.insert.bind(store);
    jest.spyOn(store, 'insert').mockImplementationOnce(async (rows) => {
      if (wasCommitted) {
        await insert(rows);
      }
      throw lost();
    });
    const [one, two] = [incoming(), incoming()];
    expect(await Promise.all([inbox.put(one), inbox.put(two)])).toEqual([null, null]);
    expect(store.rows.map(({ id }) => id)).toEqual([one.row.id, two.row.id]);
    expect(stored).toEqual([one.row.id, two.row.id]);
  });

  it('it is tried once more, and no oftener', async () => {
    const { store, inbox, stored } = setUp();
    const insert = jest.spyOn(store, 'insert').mockRejectedValue(lost());
    await expect(inbox.put(incoming())).rejects.toMatchObject({ code: 'NOT_RECORDED' });
    expect(insert).toHaveBeenCalledTimes(2);
    expect(stored).toEqual([]);
  });
});

it('refuses as too large what the database will never take, and stores one that is larger than all that may wait', async () => {
  const { store, inbox } = setUp();
  const tooLarge = Object.assign(new Error('too large'), { sql: '', code: 'ER_NET_PACKET_TOO_LARGE' });
  jest.spyOn(store, 'insert').mockRejectedValueOnce(new DatabaseError(tooLarge));
  await expect(inbox.put(incoming())).rejects.toMatchObject({ code: 'BODY_TOO_LARGE' });
  const large = incoming({}, 0, BOUNDS.bytes + 1);
  const [stored, refused] = await Promise.allSettled([inbox.put(large), inbox.put(incoming())]);
  expect(stored).toEqual({ status: 'fulfilled', value: null });
  expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'OVERLOADED' } });
});
