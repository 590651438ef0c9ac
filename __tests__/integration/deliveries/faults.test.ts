import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Faults, type DriverError } from '../../../scripts/faults/Faults';
import type { Host } from '../../../scripts/host';
import { runSql } from '../../../scripts/host/sql';
import type { WebhookConfigInput } from '../../../src/common/config';
import { ownHost, unique } from '../../support/hosts';
import { DIALECTS, WORK_DIR, type TestDialect } from '../../support/shared';
import { addNode, createWebhook, waitFor } from '../../support/workflows';

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

/** The statement that starts deliveries, and the one that makes their executions. */
const START = `^UPDATE \\S*webhookDeliveries\\S* SET \\S*status\\S* = 'started'`;
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

  beforeAll(async () => {
    mkdirSync(WORK_DIR, { recursive: true });
    faults = new Faults(join(WORK_DIR, unique('faults-')));
    host = await ownHost({ dialect, env: faults.env });
  });
  afterAll(() => host.remove());
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
    host.api.get<Row[]>('webhookDeliveries:list', { filter: JSON.stringify({ key }), sort: 'id' });
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
});
