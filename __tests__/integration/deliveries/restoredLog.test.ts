import type Database from '@nocobase/database';
import { Restored } from '../../../src/server/deliveries/cluster/Restored';
import { newDeliveryId } from '../../../src/server/deliveries/model/ids';
import { DeliveryStore } from '../../../src/server/deliveries/store/DeliveryStore';
import { EpochStore } from '../../../src/server/deliveries/store/EpochStore';
import { TransitionStore } from '../../../src/server/deliveries/store/TransitionStore';
import { WriteLock } from '../../../src/server/deliveries/store/WriteLock';
import { onEveryDatabase } from '../../support/hosts';
import { DIALECTS } from '../../support/shared';
import { openDatabase } from './database';
import { delivery, execution } from './rows';

jest.setTimeout(60_000);

const STARTED = 0;
const ABORTED = -3;

describe.each(DIALECTS)('a log that came out of a backup, on %s', (dialect) => {
  let db: Database;
  let close: () => Promise<void>;
  let epochs: EpochStore;
  let restored: Restored;

  beforeAll(async () => {
    ({ db, close } = await openDatabase(dialect));
    const lock = new WriteLock(db);
    epochs = new EpochStore(db, lock);
    const log = { info() {}, warn() {}, error() {} };
    restored = new Restored({ epochs, transitions: new TransitionStore(db, lock), log });
    await restored.start();
  });
  afterAll(() => close());

  const rowsOf = async (name: string) =>
    (await db.getModel(name).findAll()).map((row) => row.get() as Record<string, unknown>);
  const tokens = async () =>
    (await Promise.all(['webhookEpochs', 'webhookLogEpochs'].map(rowsOf))).map(([row]) => row && { ...row });
  /** Puts a table's rows back as they were. */
  const putBack = async (name: string, rows: Record<string, unknown>[]) => {
    await db.getModel(name).destroy({ where: {}, truncate: true });
    await db.getModel(name).bulkCreate(rows);
  };
  /** One that waits to be started and one in the middle of its run, with a job that waits; their ids. */
  const open = async () => {
    const received = delivery({ key: 'waits' });
    const run = execution(received);
    const started = delivery({
      status: 'started',
      owner: newDeliveryId(),
      executionId: Number(run.id),
      nextAttemptAt: null,
    });
    await db.getModel('executions').create({ ...run, context: {}, status: STARTED });
    await db.getModel('jobs').create({ id: run.id, executionId: run.id, status: STARTED });
    await db.getModel('webhookResumptions').create({
      jobId: run.id,
      executionId: run.id,
      deliveryId: started.id,
      key: started.key,
      wokenAt: 1,
    });
    await new DeliveryStore(db, new WriteLock(db)).insert([received, started]);
    return { received: received.id, started: started.id, run: run.id };
  };
  const state = async ({ received, started, run }: Awaited<ReturnType<typeof open>>) => {
    const find = (name: string, id: unknown) => db.getRepository(name).findOne({ filterByTk: id as number });
    const [one, other] = [await find('webhookDeliveries', received), await find('webhookDeliveries', started)];
    return {
      deliveries: [one?.get('status'), other?.get('status')],
      owners: [one?.get('owner'), other?.get('owner')].filter((owner) => owner !== null),
      reasons: new Set([one?.get('reason'), other?.get('reason')]),
      run: [(await find('executions', run))?.get('status'), (await find('jobs', run))?.get('status')],
      resumptions: await db.getModel('webhookResumptions').count(),
    };
  };
  const ENDED = {
    deliveries: ['interrupted', 'interrupted'],
    owners: [],
    reasons: new Set(['it was open in a backup that was restored']),
    run: [ABORTED, ABORTED],
    resumptions: 0,
  };
  const LEFT = { deliveries: ['received', 'started'], run: [STARTED, STARTED], resumptions: 1 };

  it('is told from what a crash leaves behind', async () => {
    const ids = await open();
    await epochs.renew();
    await restored.start();
    expect(await state(ids)).toMatchObject(LEFT);
    await putBack('webhookResumptions', []);
  });

  it('that was restored where it is from: nothing of it runs again', async () => {
    const ids = await open();
    const backup = await rowsOf('webhookLogEpochs');
    await epochs.renew();
    await putBack('webhookLogEpochs', backup);
    // An instance that runs all the same makes them no more alike.
    await epochs.renew().catch(() => undefined);
    await restored.start();
    expect(await state(ids)).toEqual(ENDED);
  });

  it('that was restored elsewhere, where there is nothing beside it', async () => {
    const ids = await open();
    await putBack('webhookEpochs', []);
    await restored.start();
    expect(await state(ids)).toEqual(ENDED);
  });

  it('and what comes after that is as ever', async () => {
    const ids = await open();
    await epochs.renew();
    await restored.start();
    expect(await state(ids)).toMatchObject(LEFT);
    const [here, log] = await tokens();
    expect(here).toEqual(log);
  });

  it('without a token of its own is from before there were any', async () => {
    const ids = await open();
    await putBack('webhookLogEpochs', []);
    await restored.start();
    expect((await state(ids)).deliveries).toEqual(LEFT.deliveries);
    const [here, log] = await tokens();
    expect(here).toEqual(log);
  });
});

/** In which part of a backup a table is. */
const GROUPS: Record<string, string> = {
  webhookCapturedSecrets: 'required',
  webhookDeliveries: 'log',
  webhookEpochs: 'skipped',
  webhookInstances: 'skipped',
  webhookLogEpochs: 'log',
  webhookOptions: 'required',
  webhookQueues: 'skipped',
  webhookReplays: 'skipped',
  webhookResumptions: 'skipped',
  webhookRoutes: 'skipped',
  webhookSingleUseIds: 'skipped',
  webhookStats: 'skipped',
};

onEveryDatabase('NocoBase’s backups', ({ api }) => {
  it('have the log, and not who runs what', async () => {
    const groups = await api.get<Record<string, { name: string }[]>>('backupFiles:dumpableCollections');
    const found = Object.entries(groups).flatMap(([group, collections]) =>
      collections.filter(({ name }) => name.startsWith('webhook')).map(({ name }) => [name, group] as const),
    );
    expect(Object.fromEntries(found.sort())).toEqual(GROUPS);
  });
});
