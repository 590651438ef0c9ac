import type { Application } from '@nocobase/server';
import { ConnectionRefusedError, DatabaseError, UniqueConstraintError } from 'sequelize';
import type { ReplayJob } from '../../../src/common/deliveriesApi';
import { WebhookError } from '../../../src/common/errors';
import { ReplayJobs } from '../../../src/server/api/ReplayJobs';
import { ReplayError } from '../../../src/server/deliveries/intake/replay';
import { because } from '../../../src/common/reasons/reason';

jest.useFakeTimers({ advanceTimers: 1_000 });
jest.mock('node:timers/promises', () => ({
  setTimeout: (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)),
}));

const coded = (code: string) => new DatabaseError(Object.assign(new Error(code), { code, sql: '' }));
const BUSY = because('NOT_TAKEN_NOW', { detail: 'inbox' });

const notRecorded = (cause: unknown) => new WebhookError('NOT_RECORDED', { reason: BUSY, cause });
const GONE = new ConnectionRefusedError(new Error('gone'));

/** The deliveries and the row of the job; each call of one of these fails with the next of its errors, while there are any. */
function setUp({ replaying = [], writing = [] }: { replaying?: unknown[]; writing?: unknown[] }) {
  let row: (ReplayJob & { seenAt: number }) | null = null;
  const ids: string[] = [];
  const failing = <T>(errors: unknown[], value: () => T): Promise<T> =>
    errors.length > 0 ? Promise.reject(errors.shift() as Error) : Promise.resolve(value());
  const repository = {
    find: () => Promise.resolve([{ get: () => '01890000-0000-7000-8000-000000000000' }]),
    count: () => Promise.resolve(0),
    create: ({ values }: { values: typeof row }) => Promise.resolve((row = values)),
    findOne: () => Promise.resolve({ get: () => row }),
    update: ({ values }: { values: object }) =>
      failing(writing, () => {
        row = { ...row!, ...values };
      }),
  };
  const app = {
    db: { getRepository: () => repository },
    lockManager: { tryAcquire: () => Promise.resolve({ runExclusive: (work: () => unknown) => work() }) },
    logger: { error: jest.fn() },
  } as unknown as Application;
  const replay = (_id: string, _edits: object | undefined, as = '') => {
    ids.push(as);
    return failing(replaying, () => as);
  };
  return { jobs: new ReplayJobs(app, { replay }), ids, state: () => row, app };
}

async function ended(state: () => ReplayJob | null): Promise<ReplayJob> {
  for (let second = 0; second < 600; second++) {
    await jest.advanceTimersByTimeAsync(1_000);
    const job = state();
    if (job && job.status !== 'running') {
      return job;
    }
  }
  throw new Error('the job goes on');
}

it.each<[string, unknown[], unknown[]]>([
  ['a database that is away', Array(12).fill(GONE), []],
  ['a database that takes nothing for a while', [notRecorded(GONE), notRecorded(coded('53100'))], []],
  ['a deadlock', [coded('40P01'), notRecorded(coded('ER_LOCK_DEADLOCK'))], []],
  ['a commit of which nobody learned', [notRecorded(new Error('no commit within 15000 ms'))], []],
  ['a full inbox', [new WebhookError('OVERLOADED', { reason: BUSY })], []],
  ['progress that can not be written for a while', [], Array(12).fill(coded('SQLITE_BUSY'))],
])('tries again after %s', async (_what, replaying, writing) => {
  const { jobs, state, ids } = setUp({ replaying, writing });
  await jobs.start({});
  expect(await ended(state)).toMatchObject({ status: 'finished', replayed: 1, failed: 0 });
  // All attempts are one delivery.
  expect(new Set(ids).size).toBe(1);
});

it('makes no second one of what was stored in an attempt before', async () => {
  const stored = notRecorded(new UniqueConstraintError({ message: 'id' }));
  const { jobs, state, ids } = setUp({ replaying: [notRecorded(new Error('late')), stored] });
  await jobs.start({});
  expect(await ended(state)).toMatchObject({ status: 'finished', replayed: 1, failed: 0 });
  expect(ids).toHaveLength(2);
});

it.each<[string, unknown]>([
  ['a delivery that is gone', new ReplayError('NOT_FOUND')],
  ['a row that no database takes', notRecorded(coded('22P05'))],
  ['a body that can not be read', new WebhookError('BODY_MALFORMED', { reason: because('BODY_BROKEN_OFF') })],
  ['a fault', new TypeError('x is not a function')],
])('counts %s as failed, at once', async (_what, error) => {
  const { jobs, state, ids } = setUp({ replaying: [error] });
  await jobs.start({});
  expect(await ended(state)).toMatchObject({ status: 'finished', replayed: 0, failed: 1 });
  expect(ids).toHaveLength(1);
});

it('can be stopped while it waits', async () => {
  const { jobs, state } = setUp({ replaying: Array(1_000).fill(new WebhookError('OVERLOADED', { reason: BUSY })) });
  const { id } = await jobs.start({});
  await jest.advanceTimersByTimeAsync(90_000);
  // It is alive, however long it waits.
  expect(await jobs.find(id)).toMatchObject({ status: 'running' });
  state()!.status = 'stopped';
  await jest.advanceTimersByTimeAsync(60_000);
  expect(state()).toMatchObject({ status: 'stopped', replayed: 0, failed: 0 });
});
