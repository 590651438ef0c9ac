import { ConnectionError, DatabaseError } from 'sequelize';
import { AuditLog } from '../../../../src/server/deliveries/intake/AuditLog';
import type { DeliveryRow } from '../../../../src/server/deliveries/model/delivery';

function setUp(kept?: number) {
  const stored: DeliveryRow[] = [];
  const groups: number[] = [];
  const trimmed: [key: string, status: string, keep: number][] = [];
  const state = { away: false };
  const warn = jest.fn();
  const log = new AuditLog(
    {
      insert: (rows) => {
        if (state.away) {
          return Promise.reject(new ConnectionError(new Error('gone')));
        }
        if (rows.some(({ event }) => event === 'bad')) {
          return Promise.reject(new DatabaseError(Object.assign(new Error('bad row'), { sql: '' })));
        }
        groups.push(rows.length);
        stored.push(...rows);
        return Promise.resolve();
      },
      trim: (key, status, keep) => {
        trimmed.push([key, status, keep]);
        return Promise.resolve();
      },
    },
    { info: jest.fn(), warn, error: jest.fn() },
    kept,
  );
  const add = (fields: Partial<DeliveryRow>, isUnproven = true) => {
    const row = { key: 'k', status: 'rejected', ip: '192.0.2.1', event: null, body: null, context: null, ...fields };
    log.add({ row: row as DeliveryRow, isUnproven });
  };
  return { log, add, stored, groups, trimmed, state, warn };
}

it('one that can not be stored takes no other with it, and is counted', async () => {
  const { log, add, stored, warn } = setUp();
  for (const event of ['a', 'b', 'bad', 'c', 'd', 'bad', 'e']) {
    add({ event });
  }
  await log.stop();
  expect(stored.map(({ event }) => event)).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(log.notRecordedOf('k')).toBe(2);
  expect(warn).toHaveBeenCalledWith(expect.any(String), expect.objectContaining({ count: 2 }));
});

it('where the database is away, what was to be stored is counted', async () => {
  const { log, add, state, warn } = setUp();
  state.away = true;
  add({});
  add({ key: 'other' });
  await log.flush();
  expect([log.notRecorded, log.notRecordedOf('k'), log.notRecordedOf('other')]).toEqual([2, 1, 1]);
  expect(warn).toHaveBeenCalledWith(expect.any(String), expect.objectContaining({ count: 2 }));
});

it('a flood of one webhook, or from one address, crowds out nothing but itself', async () => {
  const { log, add, stored } = setUp();
  for (let n = 0; n < 5_000; n++) {
    add({ key: 'flooded' });
  }
  add({ key: 'flooded', ip: '192.0.2.2' });
  add({ key: 'quiet' });
  await log.flush();
  expect(stored).toHaveLength(50);
  expect(stored.filter(({ key }) => key === 'quiet')).toHaveLength(1);
  expect(stored.filter(({ ip }) => ip === '192.0.2.2')).toHaveLength(1);
  expect(log.notRecordedOf('quiet')).toBe(0);
  expect(log.notRecordedOf('flooded')).toBe(5_002 - 200);
  await log.stop();
  expect(stored).toHaveLength(200);
});

it('large ones don’t share a statement', async () => {
  const { log, add, groups, stored } = setUp();
  for (let n = 0; n < 6; n++) {
    add({ body: 'x'.repeat(1_500_000) });
  }
  await log.stop();
  expect(groups).toEqual([2, 2, 2]);
  expect(stored).toHaveLength(6);
});

it('of what strangers can add, the oldest go: at first, and after every hundred', async () => {
  const { log, add, trimmed } = setUp(1_000);
  add({});
  await log.flush();
  expect(trimmed).toEqual([['k', 'rejected', 1_000]]);
  for (let n = 0; n < 99; n++) {
    add({});
  }
  await log.stop();
  expect(trimmed).toHaveLength(1);
  add({});
  add({ status: 'ignored', key: 'a key' });
  add({ status: 'duplicate' }, false);
  await log.stop();
  expect(trimmed).toEqual([
    ['k', 'rejected', 1_000],
    ['k', 'rejected', 1_000],
    ['a key', 'ignored', 1_000],
  ]);
});

it('counts what is not to be recorded', () => {
  const { log } = setUp();
  log.count('k');
  log.count('k');
  expect([log.notRecorded, log.notRecordedOf('k'), log.notRecordedOf('other')]).toEqual([2, 2, 0]);
});
