import type { Database } from '@nocobase/database';
import { ConnectionError } from 'sequelize';
import { HOURS_KEPT, MINUTES_KEPT } from '../../../src/common/stats';
import { newDeliveryId } from '../../../src/server/deliveries/model/ids';
import { readSeries } from '../../../src/server/stats/readSeries';
import { StatsCounter } from '../../../src/server/stats/StatsCounter';
import { StatsRoller } from '../../../src/server/stats/StatsRoller';
import { StatsStore } from '../../../src/server/stats/StatsStore';
import { StatsWriter } from '../../../src/server/stats/StatsWriter';
import { DIALECTS } from '../../support/shared';
import { openDatabase } from '../deliveries/database';

jest.setTimeout(180_000);

const MINUTE_MS = 60_000;
/** A whole hour, in minutes since 1970. */
const HOUR = 29_000_040;

describe.each(DIALECTS)('what was counted, on %s', (dialect) => {
  let db: Database;
  let close: () => Promise<void>;
  let store: StatsStore;
  let clock: { minute: number };
  const log = { warn: jest.fn(), info: jest.fn() };

  beforeEach(async () => {
    ({ db, close } = await openDatabase(dialect));
    store = new StatsStore(db);
    clock = { minute: HOUR };
    log.warn.mockReset();
  });
  afterEach(() => close());

  function writer(instance: string, source: { db: Database } = { db }) {
    const counter = new StatsCounter(() => clock.minute * MINUTE_MS);
    return { counter, writer: new StatsWriter(counter, source, instance, log) };
  }

  const roller = () => new StatsRoller({ db, lockManager: {} as never }, log);
  const rows = (span: number) =>
    db.getRepository('webhookStats').find({ filter: { span }, raw: true, sort: ['key', 'at', 'event'] });
  const total = async (from: number, to: number, step = to - from, keys: string[] | null = null) =>
    (await readSeries(store, { from, to, step, keys }))[0];

  it('writes what it has, though the ends of some runs can never be read', async () => {
    const { counter, writer: one } = writer('one');
    counter.count('a', null, 'accepted', 1);
    // PostgreSQL refuses it for good; the others know no such delivery.
    one.ended(['no id of a delivery']);
    await one.flush();
    expect((await total(HOUR, HOUR + 1))?.total.accepted).toBe(1);
    counter.count('a', null, 'accepted', 1);
    await one.flush();
    expect((await total(HOUR, HOUR + 1))?.total.accepted).toBe(2);
  });

  it('adds up what instances write of the same minute at once, whatever their events', async () => {
    const instances = ['one', 'two', 'two'].map((name) => writer(name));
    // The third is the second's double: what two write to one row is added up too.
    for (let round = 0; round < 10; round++) {
      for (const { counter } of instances) {
        for (const event of ['push', 'star', 'Push', 'ünï', 'a\0b', "it's"]) {
          counter.count('a', event, 'accepted', 30);
          counter.count('b', event, 'UNVERIFIED', 1);
        }
      }
      await Promise.all(instances.map((instance) => instance.writer.flush()));
    }
    expect(log.warn).not.toHaveBeenCalled();
    const [a, b] = await readSeries(store, { from: HOUR, to: HOUR + 1, step: 1, keys: ['a', 'b'] });
    expect(a?.total).toMatchObject({ accepted: 180, refused: 0 });
    expect(a?.answer).toEqual({ p50: 35, p95: 49, p99: 50 });
    expect(b?.total).toMatchObject({ accepted: 0, refused: 180 });
    expect(b?.refusedBy).toEqual({ UNVERIFIED: 180 });
    expect(b?.answer.p95).toBeNull();
    expect((await total(HOUR, HOUR + 1))?.total).toMatchObject({ accepted: 180, refused: 180 });
  });

  it('is asked for step by step, by webhook, and by event', async () => {
    const { counter, writer: one } = writer('one');
    for (const [minute, event] of [
      [0, 'push'],
      [14, 'push'],
      [15, 'star'],
      [44, 'push'],
    ] as const) {
      clock.minute = HOUR + minute;
      counter.count('a', event, 'accepted', 1);
    }
    await one.flush();
    const query = { from: HOUR, to: HOUR + 60, step: 15, keys: ['none', 'a'] };
    const [none, a] = await readSeries(store, query);
    expect(none).toMatchObject({ key: 'none', points: [], total: { accepted: 0 } });
    expect(a?.points.map(({ at, accepted }) => [at / MINUTE_MS - HOUR, accepted])).toEqual([
      [0, 2],
      [15, 1],
      [30, 1],
    ]);
    const [, pushes] = await readSeries(store, { ...query, event: 'push' });
    expect(pushes?.total.accepted).toBe(3);
  });

  it('is kept while the database takes nothing, and written once it does', async () => {
    const source = { db };
    const { counter, writer: one } = writer('one', source);
    const query = { value: () => Promise.reject(new ConnectionError(new Error('gone'))) };
    source.db = Object.create(db, {
      sequelize: { value: Object.create(db.sequelize, { query }) as unknown },
    }) as Database;
    for (let n = 0; n < 20; n++) {
      counter.count('a', 'push', 'accepted', 1);
      await expect(one.flush()).rejects.toThrow('gone');
    }
    source.db = db;
    await one.stop();
    expect(await rows(1)).toHaveLength(1);
    expect((await total(HOUR, HOUR + 1))?.total.accepted).toBe(20);
  });

  it('has the runs that ended, by how they ended and how long they took', async () => {
    const at = (seconds: number) => new Date(HOUR * MINUTE_MS + seconds * 1_000);
    const deliveries = [
      { status: 'succeeded', startedAt: at(0), finishedAt: at(1) },
      { status: 'failed', startedAt: at(0), finishedAt: at(2) },
      { status: 'timedOut', startedAt: null, finishedAt: at(70) },
      // To be tried again: not at its end.
      { status: 'received', startedAt: at(0), finishedAt: null },
    ].map((values) => ({ id: newDeliveryId(), key: 'a', event: 'push', receivedAt: at(0), ...values }));
    await db.getRepository('webhookDeliveries').create({ values: deliveries });
    const { writer: one } = writer('one');
    const ids = deliveries.map(({ id }) => id);
    one.ended([...ids, ids[0]!, newDeliveryId()]);
    await one.flush();
    await one.flush();
    const found = await total(HOUR, HOUR + 2, 1, ['a']);
    expect(found?.points.map(({ succeeded, failed }) => [succeeded, failed])).toEqual([
      [1, 1],
      [0, 1],
    ]);
    expect(found?.run.p50).toBeGreaterThan(1_000);
    expect(found?.total.refused).toBe(0);
  });

  it('is summed up by the hour, as often as that is done, and reads the same', async () => {
    const instances = [writer('one'), writer('two')];
    const count = async (minute: number) => {
      clock.minute = minute;
      for (const { counter, writer: one } of instances) {
        counter.count('a', 'push', 'accepted', 30);
        await one.flush();
      }
    };
    for (const minute of [0, 59, 60, 61, 120]) {
      await count(HOUR + minute);
    }
    const before = await total(HOUR, HOUR + 180, 60);
    const one = roller();
    await one.roll(HOUR + 121);
    await one.roll(HOUR + 121);
    expect((await rows(60)).map(({ at, count: n }: { at: number; count: number }) => [at - HOUR, Number(n)])).toEqual([
      [0, 4],
      [60, 4],
    ]);
    expect(await total(HOUR, HOUR + 180, 60)).toEqual(before);
    // Written late, and counted all the same.
    await count(HOUR + 62);
    await one.roll(HOUR + 122);
    expect((await total(HOUR, HOUR + 180))?.total.accepted).toBe(12);
  });

  it('goes after its time: minutes after two days, hours after ninety', async () => {
    const { counter, writer: one } = writer('one');
    for (const minute of [0, 30, 61, MINUTES_KEPT - 1, MINUTES_KEPT + 30]) {
      clock.minute = HOUR + minute;
      counter.count('a', null, 'accepted', 1);
      await one.flush();
    }
    await roller().roll(HOUR + 120);
    await roller().roll(HOUR + MINUTES_KEPT + 31);
    const minutes = (await rows(1)) as { at: number }[];
    expect(minutes.map(({ at }) => at - HOUR)).toEqual([61, MINUTES_KEPT - 1, MINUTES_KEPT + 30]);
    // Of the first hour half is gone, and yet it counts whole.
    expect((await total(HOUR, HOUR + 60))?.total.accepted).toBe(2);
    await roller().roll(HOUR + HOURS_KEPT + 60);
    expect(await rows(1)).toEqual([]);
    expect(((await rows(60)) as { at: number }[]).map(({ at }) => at - HOUR)).toEqual([60, MINUTES_KEPT - 60]);
  });
});
