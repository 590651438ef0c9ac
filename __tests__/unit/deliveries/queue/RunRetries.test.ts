import { ConnectionRefusedError, DatabaseError } from 'sequelize';
import type { Endpoint } from '../../../../src/server/endpoints/Endpoint';
import { RunRetries } from '../../../../src/server/deliveries/queue/RunRetries';
import { isConnectionError, isPassing } from '../../../../src/server/deliveries/store/databaseErrors';
import type { ReadyRun } from '../../../../src/server/deliveries/execution/backend';

const failed = (fields: { code?: string; message?: string }) =>
  new DatabaseError(Object.assign(new Error(fields.message ?? ''), fields, { sql: '' }));

test.each<[string, unknown, { away: boolean; passing: boolean }]>([
  ['no connection', new ConnectionRefusedError(new Error()), { away: true, passing: true }],
  ['PostgreSQL is shut down', failed({ code: '57P01' }), { away: true, passing: true }],
  ['PostgreSQL, disk full', failed({ code: '53100' }), { away: true, passing: true }],
  ['PostgreSQL, cut off', failed({ message: 'Connection terminated unexpectedly' }), { away: true, passing: true }],
  ['PostgreSQL, deadlock', failed({ code: '40P01' }), { away: false, passing: true }],
  ['PostgreSQL, no such column', failed({ code: '42703' }), { away: false, passing: false }],
  ['MariaDB, cut off', failed({ code: 'ER_SOCKET_UNEXPECTED_CLOSE' }), { away: true, passing: true }],
  ['MariaDB, lock', failed({ code: 'ER_LOCK_WAIT_TIMEOUT' }), { away: false, passing: true }],
  ['MariaDB, no such column', failed({ code: 'ER_BAD_FIELD_ERROR' }), { away: false, passing: false }],
  ['SQLite, disk full', failed({ code: 'SQLITE_FULL' }), { away: true, passing: true }],
  ['SQLite, constraint', failed({ code: 'SQLITE_CONSTRAINT' }), { away: false, passing: false }],
  ['the run itself', new TypeError('x is not a function'), { away: false, passing: false }],
])('%s', (_what, error, { away, passing }) => {
  expect([isConnectionError(error), isPassing(error)]).toEqual([away, passing]);
});

describe('a run that broke off', () => {
  const full = failed({ code: 'SQLITE_FULL' });
  const own = new Error('the node is gone');
  const run: ReadyRun = { id: 'd', key: 'k', executionId: 1, execution: null, event: null, failures: 0 };

  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** What becomes of broken runs goes into `adopted` and `marked`. */
  function brokenRuns(onInterruption: 'resume' | 'mark' = 'resume') {
    const adopted: ReadyRun[] = [];
    const marked: string[] = [];
    const broken = new RunRetries({
      runner: { mark: (_run, reason) => Promise.resolve(void marked.push(reason)) },
      log: { info() {}, warn() {}, error() {} },
      endpointOf: () => ({ config: { onInterruption } }) as Endpoint,
      adopt: (again) => adopted.push(again),
    });
    return { broken, adopted, marked };
  }

  /** Lets a run break off by one error after another. */
  async function breakOff(errors: readonly unknown[], onInterruption?: 'resume' | 'mark') {
    const { broken, adopted, marked } = brokenRuns(onInterruption);
    for (const error of errors) {
      broken.note(adopted.at(-1) ?? run, error);
      await jest.advanceTimersByTimeAsync(10_000);
    }
    return { adopted: adopted.length, marked };
  }

  test.each<[string, unknown[], number, string[]]>([
    ['for want of disk is gone on with, however long that takes', Array<unknown>(50).fill(full), 50, []],
    ['by itself is marked at the fifth time', Array<unknown>(5).fill(own), 4, ['the run broke off: the node is gone']],
    ['by both counts its own only', [own, full, own, full, full, own, full, full], 8, []],
  ])('%s', async (_what, errors, adopted, marked) => {
    expect(await breakOff(errors)).toMatchObject({ adopted, marked });
  });

  test('is marked at once where its webhook says so', async () => {
    expect(await breakOff([full], 'mark')).toMatchObject({
      adopted: 0,
      marked: [expect.stringContaining('broke off')],
    });
  });

  test('is left alone once this instance stops', async () => {
    const { broken, adopted, marked } = brokenRuns();
    broken.note(run, full);
    broken.stop();
    await jest.advanceTimersByTimeAsync(60_000);
    expect([...adopted, ...marked]).toEqual([]);
  });
});
