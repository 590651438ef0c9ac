import { join } from 'node:path';
import { createCluster, removeCluster } from '../../scripts/cluster';
import type { Host } from '../../scripts/host';
import { runSql } from '../../scripts/host/sql';
import { Effects } from '../support/Effects';
import { packedPlugin, unique } from '../support/hosts';
import { recoveryDialects, WORK_DIR } from '../support/shared';
import { SlowHttp } from '../support/slow';
import { addNode, createWebhook, waitFor } from '../support/workflows';

jest.setTimeout(600_000);

/** Within which a living instance has what one that stands still had: its lease, and two looks. */
const TAKEOVER_MS = 90_000;
const SETTLE_MS = 180_000;

/** So many calls, and the instance stands still once so many have had their effect. */
const CALLS = 400;
const SOME = 30;

const SERVERS = recoveryDialects('postgres').filter((dialect) => dialect !== 'sqlite');

describe.each(SERVERS)('an instance that stands still beyond its lease, on %s', (dialect) => {
  let hosts: Host[] = [];
  const effects = 'effects';

  beforeAll(async () => {
    hosts = await createCluster({
      dialect,
      dir: join(WORK_DIR, unique('fencing-')),
      tgz: packedPlugin(),
      nodes: [{}, {}],
    });
    const [first, second] = hosts as [Host, Host];
    const fields = [
      { name: 'id', type: 'bigInt', autoIncrement: true, primaryKey: true },
      { name: 'number', type: 'integer' },
      { name: 'webhook', type: 'string' },
    ];
    await first.api.action('collections:create', { name: effects, autoGenId: false, fields });
    // Without an adapter another instance learns of a collection when it starts.
    await second.restart();
  });
  afterEach(() => hosts.forEach(({ pid }) => pid !== undefined && process.kill(pid, 'SIGCONT')));
  afterAll(() => removeCluster(hosts));

  const sql = async (statement: string) => (await runSql(hosts[0] as Host, [statement]))[0] ?? [];
  /** The key of a webhook whose runs each leave a row, behind a node that calls this URL; and how many may be open. */
  const webhook = async (concurrency: number, url?: string): Promise<string> => {
    const [{ api }] = hosts as [Host, Host];
    const workflow = await createWebhook(api, { concurrency }, { enabled: false });
    const calls = { type: 'request', config: { method: 'GET', url, timeout: 300_000 } };
    const upstreamId = url === undefined ? undefined : (await addNode(api, workflow, calls)).id;
    const config = {
      collection: effects,
      params: { values: { number: '{{$context.data.number}}', webhook: workflow.key } },
    };
    await addNode(api, workflow, { type: 'create', config, upstreamId });
    await api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
    return workflow.key;
  };
  const send = async (host: Host, key: string, number: number) => {
    const answer = await fetch(`${host.url}${host.apiPath}webhooks/${key}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ number }),
    });
    return answer.status;
  };
  /** The numbers of a webhook's calls whose runs had their effect, in order. */
  const done = async (key: string) =>
    (await sql(`SELECT "number" FROM "${effects}" WHERE "webhook" = '${key}' ORDER BY "id"`)).map((row) =>
      Number(row.number),
    );
  /** The process that starts a webhook's deliveries; null: nobody. */
  const ownerOf = async (key: string): Promise<number | null> => {
    const [row] = await sql(
      `SELECT n.pid FROM "webhookQueues" q JOIN "webhookInstances" n ON n.id = q.owner WHERE q."key" = '${key}'`,
    );
    return row ? Number(row.pid) : null;
  };
  const instancesOf = async (pid: number) =>
    (await sql(`SELECT id FROM "webhookInstances" WHERE pid = ${pid} AND "aliveUntil" > 0`)).length;
  const open = async (key: string) => {
    const [row] = await sql(
      `SELECT count(*) AS n FROM "webhookDeliveries" WHERE "key" = '${key}' AND status IN ('received', 'started')`,
    );
    return Number(row?.n);
  };

  /** Sends the first call, and waits until an instance has the webhook's queue; that one. */
  const begin = async (key: string): Promise<{ owner: Host; victim: number }> => {
    const [first] = hosts as [Host, Host];
    await waitFor('the webhook to be known', SETTLE_MS, async () => (await send(first, key, 0)) === 200);
    const victim = await waitFor('the queue to be owned', SETTLE_MS, () => ownerOf(key));
    return { victim, owner: hosts.find(({ pid }) => pid === victim) ?? first };
  };

  /** Lets the owner of a webhook's queue stand still in the middle of its work, until another instance has got on with it. */
  const stall = async (key: string) => {
    const { owner, victim } = await begin(key);
    // All of them are there before the first runs: else a slow machine is through with them by the time it has sent them.
    await owner.api.action('webhookEndpoints:pause', {}, { filterByTk: key });
    for (let number = 1; number < CALLS; number++) {
      expect(await send(owner, key, number)).toBe(200);
    }
    await owner.api.action('webhookEndpoints:resume', {}, { filterByTk: key });
    await waitFor('some runs', SETTLE_MS, async () => (await done(key)).length >= SOME);
    process.kill(victim, 'SIGSTOP');
    const before = (await done(key)).length;
    expect(before).toBeLessThan(CALLS);
    await waitFor('the other instance to go on', TAKEOVER_MS, async () => {
      const owned = await ownerOf(key);
      return owned !== null && owned !== victim && (await done(key)).length > before + 1;
    });
    process.kill(victim, 'SIGCONT');
    await waitFor('all to end', SETTLE_MS, async () => (await open(key)) === 0);
    // What the one that stood still had begun comes to its end, too.
    const count = (await done(key)).length;
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect((await done(key)).length).toBe(count);
  };

  it.each([1, 4])('repeats one node of each open run at most, with %d runs at once', async (concurrency) => {
    const key = await webhook(concurrency);
    await stall(key);
    const numbers = await done(key);
    const all = Array.from({ length: CALLS }, (_, number) => number);
    const twice = all.filter((number) => numbers.filter((one) => one === number).length > 1);
    expect(all.filter((number) => !numbers.includes(number))).toEqual([]);
    expect(twice.length).toBeLessThanOrEqual(concurrency);
    if (concurrency === 1) {
      const once = numbers.filter((number) => !twice.includes(number));
      expect(once).toEqual([...once].sort((a, b) => a - b));
    }
  });

  /** A webhook whose callers wait, and whose run makes these calls; its key. */
  const inline = async (counted: Effects, calls: string[]): Promise<string> => {
    const [{ api }] = hosts as [Host, Host];
    const workflow = await createWebhook(api, { syncTimeout: 1_000 }, { sync: true, enabled: false });
    let upstreamId: number | undefined;
    for (const name of calls) {
      ({ id: upstreamId } = await addNode(api, workflow, { ...counted.node(name), upstreamId }));
    }
    await api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
    return workflow.key;
  };

  it('goes on behind a call of its own nowhere but where that was sent again', async () => {
    const slow = new SlowHttp();
    const counted = new Effects();
    await counted.start();
    counted.hold('c');
    const underWay = await inline(counted, ['a', 'b', 'c', 'd', 'e']);
    const key = await webhook(4, `http://127.0.0.1:${await slow.listen()}/`);
    try {
      const { owner, victim } = await begin(key);
      for (const number of [1, 2, 3]) {
        expect(await send(owner, key, number)).toBe(200);
      }
      await waitFor('the run to be known', SETTLE_MS, async () => (await send(owner, underWay, 0)) === 408);
      await waitFor('the calls', SETTLE_MS, () => Promise.resolve(slow.calls === 4 && counted.of('c') === 1));
      process.kill(victim, 'SIGSTOP');
      await waitFor('the calls of the other instance', TAKEOVER_MS, () =>
        Promise.resolve(slow.calls === 8 && counted.of('c') === 2),
      );
      // Its own, and those that the one that stands still will find answered.
      slow.answer();
      counted.letGo();
      await waitFor('all to end', SETTLE_MS, async () => (await open(key)) + (await open(underWay)) === 0);
      process.kill(victim, 'SIGCONT');
      await waitFor('it to go on as a new one', SETTLE_MS, async () => (await instancesOf(victim)) === 1);
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      expect((await done(key)).sort()).toEqual([0, 1, 2, 3]);
      expect(await open(key)).toBe(0);
      // Of a run in the middle of a node, that one alone.
      expect(counted.under('')).toEqual({ a: 1, b: 1, c: 2, d: 1, e: 1 });
    } finally {
      slow.close();
      counted.close();
    }
  });
});
