import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Faults, type DriverError } from '../../../scripts/faults/Faults';
import type { Host } from '../../../scripts/host';
import { runSql } from '../../../scripts/host/sql';
import type { WebhookConfigInput } from '../../../src/common/config';
import { Gates, type Gate } from '../../support/gates';
import { ownHost, unique } from '../../support/hosts';
import { lockDeliveries } from '../../support/lockedTable';
import { DIALECTS, WORK_DIR, type TestDialect } from '../../support/shared';
import { addNode, createWebhook, waitFor } from '../../support/workflows';
import { told } from '../../support/reasons';

jest.setTimeout(300_000);

const SETTLE_MS = 60_000;

/** Errors of which a delivery knows nothing: they pass. The last one is in no list. */
const PASSING: Record<TestDialect, DriverError[]> = {
  postgres: [{ code: '40P01' }, { code: '40001' }, { code: '55P03' }, { code: '57014' }, { code: 'XX000' }],
  mariadb: [
    { code: 'ER_LOCK_DEADLOCK', errno: 1213, sqlState: '40001' },
    { code: 'ER_LOCK_WAIT_TIMEOUT', errno: 1205, sqlState: 'HY000' },
    { code: 'ER_OPTION_PREVENTS_STATEMENT', errno: 1290, sqlState: 'HY000' },
  ],
  sqlite: [{ code: 'SQLITE_BUSY' }, { code: 'SQLITE_LOCKED' }, { code: 'SQLITE_PROTOCOL' }],
};

/** Of these, the errors that every row meets alike: no single one is said to wait for them. */
const AWAY = ['57014', 'SQLITE_BUSY', 'SQLITE_LOCKED'];

/** Errors that are this row's for good. */
const FINAL: Record<TestDialect, DriverError> = {
  postgres: { code: '22P05', message: 'unsupported Unicode escape sequence' },
  mariadb: { code: 'ER_DATA_TOO_LONG', errno: 1406, sqlState: '22001', message: 'Data too long' },
  sqlite: { code: 'SQLITE_TOOBIG', message: 'string or blob too big' },
};

/** What keeps results of runs from being stored, for a while. */
const NOT_NOW: Record<TestDialect, DriverError[]> = {
  postgres: [{ code: '53100', message: 'no space left on device' }, { code: '57014' }, { code: '40P01' }],
  mariadb: [
    { code: 'ER_DISK_FULL', errno: 1021, sqlState: 'HY000', message: 'Disk full' },
    { code: 'ER_LOCK_DEADLOCK', errno: 1213, sqlState: '40001' },
  ],
  sqlite: [{ code: 'SQLITE_FULL', message: 'database or disk is full' }, { code: 'SQLITE_BUSY' }],
};

/** The statements that store the results of nodes, those that change one, and the one that ends an execution. */
const RESULTS = '^INSERT INTO \\S*jobs\\S* ';
const CHANGED_RESULTS = '^UPDATE \\S*jobs\\S* ';
const ENDS = '^UPDATE \\S*executions\\S* SET \\S*status';

/** What a driver says of a connection that was lost, so that it can't be told what became of a statement. */
const LOST: Record<TestDialect, DriverError> = {
  postgres: { code: '57P01', message: 'terminating connection due to administrator command' },
  mariadb: { code: 'PROTOCOL_CONNECTION_LOST', message: 'Connection lost: The server closed the connection.' },
  sqlite: { code: 'SQLITE_IOERR', message: 'disk I/O error' },
};

/** The statement that starts deliveries, and the one that makes their executions. */
const START = `^UPDATE \\S*webhookDeliveries\\S* SET \\S*status\\S* = 'started'`;
/** The one that looks whether deliveries are stored. */
const LOOK = '^SELECT \\S*id\\S* AS \\S*id\\S* FROM \\S*webhookDeliveries\\S* WHERE \\S*id\\S* IN';
const EXECUTIONS = '^INSERT INTO \\S*executions\\S* ';

interface Row {
  id: string;
  status: string;
  reason: string | null;
}

interface Sent {
  status: number;
  text: string;
}

describe.each(DIALECTS)('where the database fails now and then, on %s', (dialect) => {
  let host: Host;
  let faults: Faults;
  let gates: Gates;

  beforeAll(async () => {
    gates = await Gates.start();
    mkdirSync(WORK_DIR, { recursive: true });
    faults = new Faults(join(WORK_DIR, unique('faults-')));
    host = await ownHost({ dialect, env: faults.env });
  });
  afterAll(async () => {
    await host.remove();
    await gates.stop();
  });
  afterEach(() => faults.set([]));

  const call = async (key: string, body: object = {}): Promise<Sent> => {
    const answer = await fetch(`${host.url}${host.apiPath}webhooks/${key}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: answer.status, text: await answer.text() };
  };
  const list = (key: string) =>
    host.api.get<Row[]>('webhookDeliveries:list', { filter: JSON.stringify({ key }), sort: 'id' }).then(told);
  const until = (key: string, ...wanted: string[]) =>
    waitFor(`deliveries that are ${wanted.join(', ')}`, SETTLE_MS, async () => {
      const rows = await list(key);
      return rows.map(({ status }) => status).join() === wanted.join() && rows;
    });
  /** The numbers that were sent, as their runs began. */
  const order = async (key: string): Promise<number[]> => {
    const [rows = []] = await runSql(host, [
      `SELECT context FROM executions WHERE "key" = '${key}' ORDER BY "startedAt", id`,
    ]);
    return rows.map(({ context }) => {
      const { data } = (typeof context === 'string' ? JSON.parse(context) : context) as { data: { n: number } };
      return data.n;
    });
  };
  /** The key of an enabled webhook that counts how often its run came to its node. */
  const webhook = async (config: WebhookConfigInput = {}, { sync = false, expression = '1 + 1' } = {}) => {
    const workflow = await createWebhook(host.api, config, { sync, enabled: false });
    await addNode(host.api, workflow, { type: 'calculation', config: { engine: 'formula.js', expression } });
    await host.api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
    return workflow.key;
  };

  it.each(PASSING[dialect].map((error) => [error.code, error] as const))(
    '%s at the start ends nothing: it is tried again, says so, and order is kept',
    async (code, error) => {
      const key = await webhook();
      faults.set([{ name: code, sql: START, error }]);
      expect((await call(key, { n: 1 })).status).toBe(200);
      await waitFor('the second failure', SETTLE_MS, () => Promise.resolve(faults.hits(code) >= 2));
      if (!AWAY.includes(code)) {
        await waitFor('the reason', SETTLE_MS, async () => (await list(key))[0]?.reason?.includes(code));
      }
      for (const n of [2, 3]) {
        expect((await call(key, { n })).status).toBe(200);
      }
      expect((await list(key)).map(({ status }) => status)).toEqual(['received', 'received', 'received']);
      faults.set([]);
      const rows = await until(key, 'succeeded', 'succeeded', 'succeeded');
      expect(rows.map(({ reason }) => reason)).toEqual([null, null, null]);
      expect(await order(key)).toEqual([1, 2, 3]);
    },
  );

  it('a start whose COMMIT is not answered runs once, ahead of what comes behind it', async () => {
    const key = await webhook();
    const error = LOST[dialect];
    faults.set([{ name: 'start', sql: '^COMMIT', within: START.slice(1), times: 1, after: true, error }]);
    for (const n of [1, 2, 3]) {
      expect((await call(key, { n })).status).toBe(200);
    }
    await until(key, 'succeeded', 'succeeded', 'succeeded');
    expect(faults.hits('start')).toBe(1);
    expect(await order(key)).toEqual([1, 2, 3]);
  });

  it('what is started here, and nobody here knows of, is taken up once', async () => {
    const key = await webhook({ onInterruption: 'mark' });
    // An error that doesn't say that the connection was lost.
    const [error] = PASSING[dialect].slice(-1);
    faults.set([{ name: 'unknown', sql: '^COMMIT', within: START.slice(1), times: 1, after: true, error }]);
    expect((await call(key, { n: 1 })).status).toBe(200);
    await until(key, 'succeeded');
    expect(faults.hits('unknown')).toBe(1);
    expect(await order(key)).toEqual([1]);
  });

  it('a caller who was told that the call is not stored has it not run, and its repeat runs', async () => {
    const key = await webhook({ dedupe: { key: 'json:n' } }, { sync: true });
    const error = LOST[dialect];
    const stored = 'INSERT INTO \\S*webhookDeliveries\\S* ';
    faults.set([
      { name: 'put', sql: '^COMMIT', within: stored, times: 1, after: true, error },
      // Whether it is stored can't be told either.
      { name: 'look', sql: LOOK, times: 1, error },
    ]);
    const refused = await call(key, { n: 1 });
    expect([refused.status, faults.hits('put'), faults.hits('look')]).toEqual([503, 1, dialect === 'sqlite' ? 0 : 1]);
    const [withdrawn] = await until(key, 'cancelled');
    expect(withdrawn?.reason).toContain('could not be stored');
    expect(await order(key)).toEqual([]);
    expect((await call(key, { n: 1 })).status).toBe(200);
    await until(key, 'cancelled', 'succeeded');
    expect(await order(key)).toEqual([1]);
  });

  // On SQLite the table is NocoBase's own connection's.
  if (dialect !== 'sqlite') {
    it('nor does what nobody waits for run, if it is stored after its caller had been told so', async () => {
      const key = await webhook();
      expect((await call(key, { n: 0 })).status).toBe(200);
      await until(key, 'succeeded');
      const unlock = await lockDeliveries(host);
      const refused = await Promise.all([1, 2, 3].map((n) => call(key, { n }))).finally(unlock);
      expect(refused.map(({ status }) => status)).toEqual([503, 503, 503]);
      expect((await call(key, { n: 4 })).status).toBe(200);
      await waitFor('the last one', SETTLE_MS, async () => (await order(key)).includes(4));
      expect(await order(key)).toEqual([0, 4]);
    });
  }

  it('an error of the row itself ends it with the reason, and it can be replayed', async () => {
    const key = await webhook();
    faults.set([{ name: 'final', sql: EXECUTIONS, times: 1, error: FINAL[dialect] }]);
    await call(key, { n: 1 });
    const [failed] = await until(key, 'failed');
    expect(failed?.reason).toContain(FINAL[dialect].message);
    await host.api.action('webhookDeliveries:replay', {}, { filterByTk: failed?.id ?? '' });
    await until(key, 'failed', 'succeeded');
  });

  it.each([
    ['in the background', false],
    ['while callers wait', true],
  ])('executions whose ids others have get other ones, %s', async (_what, sync) => {
    const key = await webhook({ concurrency: 4 }, { sync });
    await call(key, { n: 0 });
    await until(key, 'succeeded');
    const [[taken] = []] = await runSql(host, [`SELECT id FROM executions WHERE "key" = '${key}'`]);
    faults.set([{ name: 'ids', ids: [Number(taken?.id), Number(taken?.id), Number(taken?.id)] }]);
    const answers = await Promise.all([1, 2, 3, 4].map((n) => call(key, { n })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    await until(key, ...Array<string>(5).fill('succeeded'));
    expect((await order(key)).sort()).toEqual([0, 1, 2, 3, 4]);
  });

  /** The key of a webhook whose runs come through this gate, and then store what they were sent. */
  const counted = async (gate: Gate, config: WebhookConfigInput, sync: boolean) => {
    const workflow = await createWebhook(host.api, config, { sync, enabled: false });
    const { id } = await addNode(host.api, workflow, gate.node);
    const stores = { type: 'calculation', config: { engine: 'formula.js', expression: '{{$context.data.text}}' } };
    await addNode(host.api, workflow, { ...stores, upstreamId: id });
    await host.api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
    gate.open();
    return workflow.key;
  };
  /** How many results are stored of a webhook's runs. */
  const results = async (key: string): Promise<number> => {
    const sql = `SELECT job.id FROM jobs job JOIN executions run ON run.id = job."executionId" WHERE run."key" = '${key}'`;
    return (await runSql(host, [sql]))[0]?.length ?? 0;
  };

  it.each(NOT_NOW[dialect].map((error) => [error.code, error] as const))(
    '%s where results are stored: the nodes are not done again',
    async (_code, error) => {
      const gate = gates.gate();
      const key = await counted(gate, {}, true);
      faults.set([
        { name: `${key} results`, sql: RESULTS, times: 2, error },
        { name: `${key} end`, sql: ENDS, times: 1, error },
      ]);
      expect((await call(key, { text: 'x' })).status).toBe(200);
      expect(await until(key, 'succeeded')).toMatchObject([{ reason: null }]);
      expect([faults.hits(`${key} results`), faults.hits(`${key} end`)]).toEqual([2, 1]);
      expect([gate.calls(), await results(key)]).toEqual([1, 2]);
    },
  );

  it('nor where the answer of the database is lost', async () => {
    const gate = gates.gate();
    const key = await counted(gate, {}, true);
    const error = { code: 'ECONNRESET' };
    faults.set([
      { name: `${key} results`, sql: RESULTS, times: 1, after: true, error },
      { name: `${key} end`, sql: ENDS, times: 1, after: true, error },
    ]);
    expect((await call(key, { text: 'x' })).status).toBe(200);
    await until(key, 'succeeded');
    expect([faults.hits(`${key} results`), faults.hits(`${key} end`)]).toEqual([1, 1]);
    expect([gate.calls(), await results(key)]).toEqual([1, 2]);
  });

  it('nor those of a run that goes on behind a call of its own', async () => {
    const gate = gates.gate();
    const key = await counted(gate, {}, false);
    const [error] = NOT_NOW[dialect];
    faults.set([
      { name: `${key} results`, sql: RESULTS, times: 2, error },
      { name: `${key} change`, sql: CHANGED_RESULTS, times: 2, error },
      { name: `${key} end`, sql: ENDS, times: 1, error },
    ]);
    await call(key, { text: 'x' });
    expect(await until(key, 'succeeded')).toMatchObject([{ reason: null }]);
    const hits = ['results', 'change', 'end'].map((name) => faults.hits(`${key} ${name}`));
    expect(hits).toEqual([2, 2, 1]);
    expect([gate.calls(), await results(key)]).toEqual([1, 2]);
  });

  it.each([
    ['fails', false],
    ['is done, and its answer lost', true],
  ])('a run that has waited goes on where the statement that notes it %s', async (_what, after) => {
    const workflow = await createWebhook(host.api, {}, { enabled: false });
    await addNode(host.api, workflow, { type: 'delay', config: { unit: 1_000, duration: 1, endStatus: 1 } });
    await host.api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
    const { key } = workflow;
    const [error] = NOT_NOW[dialect];
    faults.set([{ name: key, sql: '^INSERT (IGNORE )?INTO \\S*webhookResumptions\\S* ', times: 2, after, error }]);
    await call(key);
    await until(key, 'succeeded');
    expect([faults.hits(key), await results(key)]).toEqual([2, 1]);
  });

  it('one run’s results that are not stored keep no other’s from it, and are kept until they are', async () => {
    const gate = gates.gate();
    const key = await counted(gate, { concurrency: 4 }, true);
    const [error] = NOT_NOW[dialect];
    faults.set([{ name: key, sql: RESULTS, bind: 'stuck', error }]);
    const stuck = call(key, { text: 'stuck' });
    const others = await Promise.all(['a', 'b', 'c'].map((text) => call(key, { text })));
    expect(others.map(({ status }) => status)).toEqual([200, 200, 200]);
    await waitFor('the reason', SETTLE_MS, async () =>
      (await list(key)).some(({ status, reason }) => status === 'started' && reason?.includes('could not be written')),
    );
    expect(gate.calls()).toBe(4);
    faults.set([]);
    expect((await stuck).status).toBe(200);
    await until(key, ...Array<string>(4).fill('succeeded'));
    expect([gate.calls(), await results(key)]).toEqual([4, 8]);
  });

  it('results that can never be stored end their run alone, with the reason', async () => {
    const gate = gates.gate();
    const key = await counted(gate, { concurrency: 4 }, true);
    faults.set([{ name: key, sql: RESULTS, bind: 'poison', error: FINAL[dialect] }]);
    const answers = await Promise.all(['poison', 'a', 'b'].map((text) => call(key, { text })));
    expect(answers.map(({ status }) => status)).toEqual([500, 200, 200]);
    const rows = await waitFor('all to end', SETTLE_MS, async () => {
      const found = await list(key);
      return found.every(({ status }) => status !== 'started') && found;
    });
    expect(rows.map(({ status }) => status).sort()).toEqual(['interrupted', 'succeeded', 'succeeded']);
    expect(rows.find(({ status }) => status === 'interrupted')?.reason).toContain(FINAL[dialect].message);
    expect(gate.calls()).toBe(3);
  });
});
