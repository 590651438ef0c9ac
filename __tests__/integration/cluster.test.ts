import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createCluster, removeCluster } from '../../scripts/cluster';
import { Load } from '../../scripts/crash/load';
import type { Host } from '../../scripts/host';
import { runSql } from '../../scripts/host/sql';
import type { WebhookConfigInput } from '../../src/common/config';
import { packedPlugin, unique } from '../support/hosts';
import { WORK_DIR } from '../support/shared';
import { createWebhook, waitFor, type WorkflowRecord } from '../support/workflows';

jest.setTimeout(300_000);

const REDIS_URL = 'redis://127.0.0.1:6379/11';

/** How long a message between nodes may take: NocoBase holds it back for a second, to send but one of many. */
const MESSAGE_MS = 15_000;

/** Within which another node must have taken over what a dead one had. */
const TAKEOVER_MS = 60_000;

const first = (hosts: readonly Host[]): Host => {
  const [host] = hosts;
  if (!host) {
    throw new Error('the cluster has no node');
  }
  return host;
};

const webhookUrl = (host: Host, path: string) => `${host.url}${host.apiPath}webhooks/${path}`;

const post = async (host: Host, path: string, body: unknown, headers: Record<string, string> = {}) => {
  const answer = await fetch(webhookUrl(host, path), {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: answer.status, body: await answer.text() };
};

/** How often each `number` that was sent was executed, and whether all runs have ended. */
async function executed(host: Host, key: string): Promise<{ counts: Map<number, number>; open: number }> {
  const [rows = [], [open] = []] = await runSql(host, [
    `SELECT (context::jsonb->'data'->>'number')::int AS number, count(*) AS n FROM executions WHERE "key" = '${key}' GROUP BY 1`,
    `SELECT count(*) AS n FROM "webhookDeliveries" WHERE "key" = '${key}' AND status IN ('received', 'started')`,
  ]);
  return {
    counts: new Map(rows.map(({ number, n }) => [Number(number), Number(n)])),
    open: Number(open?.n),
  };
}

/** Each of the acknowledged numbers was executed, and none twice. */
async function expectOnceEach(host: Host, key: string, acknowledged: Iterable<number>): Promise<void> {
  const numbers = [...acknowledged];
  const { counts } = await waitFor(`all deliveries of ${key} to end`, TAKEOVER_MS, async () => {
    const found = await executed(host, key);
    return found.open === 0 && found;
  });
  expect(numbers.filter((number) => !counts.has(number))).toEqual([]);
  expect([...counts].filter(([, count]) => count > 1)).toEqual([]);
}

/** The same webhook for all nodes: those that hear of nothing learn of it when they start. */
async function webhookOnAll(hosts: readonly Host[], told: boolean, config: WebhookConfigInput): Promise<WorkflowRecord> {
  const workflow = await createWebhook(first(hosts).api, config);
  for (const host of hosts.slice(1)) {
    if (!told) {
      await host.restart();
    }
    await waitFor('the webhook to be known', MESSAGE_MS, async () => {
      const { status } = await post(host, workflow.key, { number: -1 }, { 'x-id': 'probe' });
      return status === 200;
    });
  }
  return workflow;
}

describe.each([
  ['two nodes without an adapter', 2, undefined],
  ['three nodes with NocoBase’s adapters on Redis', 3, REDIS_URL],
])('%s', (_what, size, redisUrl) => {
  const told = redisUrl !== undefined;
  let hosts: Host[] = [];

  beforeAll(async () => {
    hosts = await createCluster({
      dialect: 'postgres',
      dir: join(WORK_DIR, unique('cluster-')),
      tgz: packedPlugin(),
      nodes: Array.from({ length: size }, () => ({})),
      redisUrl,
    });
  });

  afterAll(() => removeCluster(hosts));

  it('start each delivery once, whichever node took it', async () => {
    const { key } = await webhookOnAll(hosts, told, { concurrency: 4 });
    const load = new Load(
      hosts.map((host) => webhookUrl(host, key)),
      12,
    );
    load.start();
    await waitFor('300 deliveries', 60_000, () => Promise.resolve(load.acknowledged.size >= 300));
    await load.stop();
    await expectOnceEach(first(hosts), key, load.acknowledged);
  });

  it('take a repeat for one, also in the same moment', async () => {
    const config: WebhookConfigInput = {
      dedupe: { key: 'header:x-id', window: 600 },
      response: { status: 200, contentType: 'application/json', headers: [], body: { n: '{{$context.data.number}}' } },
    };
    const { key } = await webhookOnAll(hosts, told, config);
    for (let number = 1; number <= 15; number++) {
      const id = randomUUID();
      const answers = await Promise.all(
        hosts.flatMap((host) => [post(host, key, { number }, { 'x-id': id }), post(host, key, { number }, { 'x-id': id })]),
      );
      expect(new Set(answers.map(({ status, body }) => `${status} ${body}`))).toEqual(new Set([`200 {"n":${number}}`]));
    }
    await expectOnceEach(first(hosts), key, Array.from({ length: 15 }, (_none, index) => index + 1));
  });

  it('finish what a killed node leaves behind', async () => {
    const { key } = await webhookOnAll(hosts, told, { concurrency: 4 });
    const [survivor, ...others] = hosts;
    const victim = others.at(-1);
    if (!survivor || !victim) {
      throw new Error('two nodes are needed');
    }
    const load = new Load(
      hosts.map((host) => webhookUrl(host, key)),
      12,
    );
    load.start();
    await waitFor('100 deliveries', 60_000, () => Promise.resolve(load.acknowledged.size >= 100));
    await victim.kill();
    await load.stop();
    await expectOnceEach(survivor, key, load.acknowledged);
    await victim.start();
  });

  if (told) {
    describe('hear from one another through the engine’s messages', () => {
      const statusOn = async (host: Host, path: string) => (await post(host, path, { number: 0 })).status;
      const everywhere = (path: string, status: number) =>
        waitFor(`${path} to answer ${status} on every node`, MESSAGE_MS, async () => {
          const answers = await Promise.all(hosts.map((host) => statusOn(host, path)));
          return answers.every((answer) => answer === status);
        });

      it('of a webhook that is enabled, changed, disabled and deleted', async () => {
        const { api } = first(hosts);
        const [before, after] = [unique('before-'), unique('after-')];
        const { id } = await createWebhook(api, { path: before }, { enabled: false });
        expect(await Promise.all(hosts.map((host) => statusOn(host, before)))).toEqual(hosts.map(() => 404));
        const update = (values: object) => api.action('workflows:update', values, { filterByTk: id });
        await update({ enabled: true });
        await everywhere(before, 200);
        // A workflow that has run can't be changed: NocoBase wants a new version of it.
        const revision = await api.action<{ id: number }>('workflows:revision', {}, { filterByTk: id });
        const change = { config: { path: after }, enabled: true, current: true };
        await api.action('workflows:update', change, { filterByTk: revision.id });
        await everywhere(after, 200);
        await everywhere(before, 404);
        await api.action('workflows:update', { enabled: false }, { filterByTk: revision.id });
        await everywhere(after, 404);
        await api.action('workflows:update', { enabled: true }, { filterByTk: revision.id });
        await everywhere(after, 200);
        await api.action('workflows:destroy', {}, { filterByTk: revision.id });
        await everywhere(after, 404);
      });

      it('of the trusted proxies', async () => {
        const { api } = first(hosts);
        const path = unique('guarded-');
        await createWebhook(api, { path, ipAllowlist: ['192.0.2.7'] });
        const statuses = () =>
          Promise.all(
            hosts.map(
              async (host) => (await post(host, path, {}, { 'x-forwarded-for': '192.0.2.7, 10.1.2.3' })).status,
            ),
          );
        const all = (status: number) =>
          waitFor(`${status} everywhere`, MESSAGE_MS, async () => (await statuses()).every((one) => one === status));
        await all(403);
        await api.action('webhookSettings:save', { trustedProxies: ['loopback', '10.0.0.0/8'] });
        await all(200);
        await api.action('webhookSettings:save', { trustedProxies: ['loopback'] });
        await all(403);
      });
    });
  }
});
