import { setTimeout as delay } from 'node:timers/promises';
import { CuttableProxy } from '../../../scripts/crash/CuttableProxy';
import { databaseServer, type Host } from '../../../scripts/host';
import { runSql } from '../../../scripts/host/sql';
import { ownHost } from '../../support/hosts';
import { DIALECTS } from '../../support/shared';
import { addNode, createWebhook, waitFor } from '../../support/workflows';

jest.setTimeout(600_000);

const SETTLE_MS = 60_000;

/** Of the lease, which is renewed every five seconds for thirty, at least so much is left in milliseconds. */
const LEFT_MS = 10_000;

/** No caller waits longer, in milliseconds, whatever one connection does. */
const ANSWER_MS = 12_000;

const SERVERS = (['postgres', 'mariadb'] as const).filter((dialect) => DIALECTS.includes(dialect));

const CALLS = 40;
const EVERY_MS = 200;

/** What NocoBase calls a statement that does nothing for so many seconds. */
const SLEEP = { postgres: 'SELECT pg_sleep', mariadb: 'SELECT SLEEP' };

interface Called {
  status: number;
  milliseconds: number;
}

const call = async (host: Host, key: string, number: number): Promise<Called> => {
  const since = Date.now();
  const { status } = await fetch(`${host.url}${host.apiPath}webhooks/${key}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ number }),
  });
  return { status, milliseconds: Date.now() - since };
};

/** How many milliseconds are left of the instance's lease. */
const leaseOf = async (host: Host): Promise<number> => {
  const [rows = []] = await runSql(host, ['SELECT "aliveUntil" FROM "webhookInstances"']);
  return Math.min(...rows.map(({ aliveUntil }) => Number(aliveUntil) - Date.now()));
};

/** Runs the same steps on every database at once, since what takes their time is waiting; says on which one they fail. */
async function onEach<T extends { dialect: string }>(sides: readonly T[], steps: (side: T) => Promise<void>) {
  await Promise.all(
    sides.map((side) =>
      steps(side).catch((error: unknown) => {
        throw new Error(`on ${side.dialect}: ${error instanceof Error ? error.message : String(error)}`);
      }),
    ),
  );
}

interface Side {
  dialect: (typeof SERVERS)[number];
  host: Host;
}

describe('where a connection to the database falls silent', () => {
  const sides: (Side & { proxy: CuttableProxy })[] = [];

  beforeAll(() =>
    Promise.all(
      SERVERS.map(async (dialect) => {
        const proxy = await CuttableProxy.open(databaseServer(dialect));
        const { host: DB_HOST, port } = proxy.address;
        const host = await ownHost({ dialect, env: { DB_HOST, DB_PORT: String(port) } });
        sides.push({ dialect, host, proxy });
        const fields = [
          { name: 'id', type: 'bigInt', autoIncrement: true, primaryKey: true },
          { name: 'number', type: 'integer' },
        ];
        await host.api.action('collections:create', { name: 'effects', autoGenId: false, fields });
      }),
    ),
  );
  beforeEach(() => onEach(sides, async ({ host }) => void (await runSql(host, ['DELETE FROM "effects"']))));
  afterAll(() =>
    onEach(sides, async ({ host, proxy }) => {
      await host.remove();
      await proxy.close();
    }),
  );

  /** The key of a webhook whose runs each leave a row. */
  const webhook = async (host: Host, sync: boolean): Promise<string> => {
    const workflow = await createWebhook(host.api, {}, { sync, enabled: false });
    const config = { collection: 'effects', params: { values: { number: '{{$context.data.number}}' } } };
    await addNode(host.api, workflow, { type: 'create', config });
    await host.api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
    return workflow.key;
  };
  const succeeded = async (host: Host, key: string) => {
    const sql = `SELECT id FROM "webhookDeliveries" WHERE "key" = '${key}' AND status = 'succeeded' AND owner IS NULL`;
    return (await runSql(host, [sql]))[0]?.length;
  };

  it.each(
    [
      { what: 'a delivery is stored', at: /INSERT INTO \S*webhookDeliveries/ },
      { what: 'one whose caller waits is stored', at: /INSERT INTO \S*executions/, sync: true },
      { what: 'one is started', at: /UPDATE \S*webhookDeliveries\S* SET \S*status\S* = 'started'/ },
      { what: 'its execution is made', at: /INSERT INTO \S*executions/ },
      { what: 'results are stored', at: /INSERT INTO \S*jobs/ },
      { what: 'an execution ends', at: /UPDATE \S*executions\S* SET \S*status/ },
      { what: 'a delivery ends', at: /UPDATE \S*webhookDeliveries\S* SET \S*status\S* = (\$1|'succeeded')/ },
      { what: 'the lease is renewed', at: /UPDATE \S*webhookInstances\S* SET/ },
      { what: 'queues are looked at', at: /SELECT .*FROM \S*webhookQueues/ },
    ].flatMap(({ sync = false, ...one }) => [true, false].map((isHeard) => ({ ...one, sync, isHeard }))),
  )('as $what (heard: $isHeard), calls are taken, runs end, and the lease holds', async ({ at, sync, isHeard }) => {
    await onEach(sides, async ({ host, proxy }) => {
      const key = await webhook(host, sync);
      await waitFor('the webhook', SETTLE_MS, async () => (await call(host, key, 0)).status === 200);
      proxy.silence = { at, isHeard };
      const calls: Promise<Called>[] = [];
      const leases: number[] = [];
      for (let number = 1; number <= CALLS; number++) {
        calls.push(call(host, key, number));
        await delay(EVERY_MS);
        leases.push(await leaseOf(host));
      }
      const answers = await Promise.all(calls);
      expect(proxy.silence).toBeNull();
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      expect(Math.max(...answers.map(({ milliseconds }) => milliseconds))).toBeLessThan(ANSWER_MS);
      await waitFor('all to end', SETTLE_MS, async () => (await succeeded(host, key)) === CALLS + 1);
      leases.push(await leaseOf(host));
      expect(Math.min(...leases)).toBeGreaterThan(LEFT_MS);
      const [effects = []] = await runSql(host, ['SELECT "number" FROM "effects" ORDER BY "number"']);
      expect(effects.map(({ number }) => Number(number))).toEqual(Array.from({ length: CALLS + 1 }, (_, n) => n));
    });
  });
});

describe("where nodes keep NocoBase's connections busy", () => {
  const SLOW = 6;
  const SECONDS = 45;
  const sides: Side[] = [];

  beforeAll(() =>
    Promise.all(
      SERVERS.map(async (dialect) => {
        sides.push({ dialect, host: await ownHost({ dialect, env: { DB_POOL_MAX: '5' } }) });
      }),
    ),
  );
  afterAll(() => onEach(sides, ({ host }) => host.remove()));

  it('every call is taken, and the lease holds', async () => {
    await onEach(sides, async ({ dialect, host }) => {
      const slow = await createWebhook(host.api, { concurrency: SLOW }, { enabled: false });
      const sql = `${SLEEP[dialect]}(${SECONDS})`;
      await addNode(host.api, slow, { type: 'sql', config: { dataSource: 'main', sql } });
      await host.api.action('workflows:update', { enabled: true }, { filterByTk: slow.id });
      const quick = await createWebhook(host.api);
      await waitFor('the webhook', SETTLE_MS, async () => (await call(host, quick.key, 0)).status === 200);
      for (let number = 0; number < SLOW; number++) {
        expect((await call(host, slow.key, number)).status).toBe(200);
      }
      const sleeping =
        dialect === 'postgres' ? 'FROM pg_stat_activity WHERE query' : 'FROM information_schema.processlist WHERE info';
      await waitFor('slow nodes', SETTLE_MS, async () => {
        const [rows = []] = await runSql(host, [`SELECT 1 ${sleeping} LIKE '${sql}%'`]);
        return rows.length > 1;
      });
      const until = Date.now() + (SECONDS - 5) * 1_000;
      while (Date.now() < until) {
        const { status, milliseconds } = await call(host, quick.key, 1);
        expect(status).toBe(200);
        expect(milliseconds).toBeLessThan(2_000);
        expect(await leaseOf(host)).toBeGreaterThan(LEFT_MS);
        await delay(500);
      }
      await waitFor('all to end', 3 * SECONDS * 1_000, async () => {
        const [rows = []] = await runSql(host, [`SELECT status FROM "webhookDeliveries" WHERE "key" = '${slow.key}'`]);
        return rows.length === SLOW && rows.every((row) => row.status === 'succeeded');
      });
    });
  });
});
