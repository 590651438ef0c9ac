import { createHmac, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCluster, removeCluster } from '../../scripts/cluster';
import { Load } from '../../scripts/crash/load';
import type { Host } from '../../scripts/host';
import { runSql } from '../../scripts/host/sql';
import type { WebhookConfigInput } from '../../src/common/config';
import { packedPlugin, unique } from '../support/hosts';
import { WORK_DIR } from '../support/shared';
import { addNode, createWebhook, waitFor } from '../support/workflows';
import { Called } from './deliveries/support/Called';

// Three instances start in it, which a busy machine takes minutes for.
jest.setTimeout(600_000);

const REDIS_URL = 'redis://127.0.0.1:6379/11';

/** What a call that only asks whether the webhook is known carries; real ones count from 0. */
const PROBE = -1;

/** How long a message between instances may take: NocoBase holds it back for a second, to send but one of many. */
const MESSAGE_MS = 15_000;

/** Within which another instance must have taken over what a dead one had. */
const TAKEOVER_MS = 60_000;

const first = (hosts: readonly Host[]): Host => {
  const [host] = hosts;
  if (!host) {
    throw new Error('the cluster has no instance');
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

/** Calls from all sides, on every instance in turn, with numbers from `from` on. */
function loadOn(hosts: readonly Host[], key: string, from = 0): Load {
  const urls = hosts.map((host) => webhookUrl(host, key));
  return new Load(urls, 12, {}, from);
}

/** How often each `number` that was sent was executed, and whether all runs have ended. */
async function executed(host: Host, key: string): Promise<{ counts: Map<number, number>; open: number }> {
  const [rows = [], [open] = []] = await runSql(host, [
    `SELECT (context::jsonb->'data'->>'number')::int AS number, count(*) AS n FROM executions WHERE "key" = '${key}'` +
      ` AND (context::jsonb->'data'->>'number')::int <> ${PROBE} GROUP BY 1`,
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

/** Webhooks that all instances know. */
async function webhooksOnAll(hosts: readonly Host[], configs: readonly WebhookConfigInput[]): Promise<string[]> {
  const keys: string[] = [];
  for (const config of configs) {
    keys.push((await createWebhook(first(hosts).api, config)).key);
  }
  for (const host of hosts.slice(1)) {
    for (const key of keys) {
      await waitFor('the webhook to be known', MESSAGE_MS, async () => {
        const { status } = await post(host, key, { number: PROBE }, { 'x-id': 'probe' });
        return status === 200;
      });
    }
  }
  return keys;
}

/** How repeats are told, and what they are answered. */
const DEDUPED: WebhookConfigInput = {
  dedupe: { key: 'header:x-id', window: 600 },
  response: { status: 200, contentType: 'application/json', headers: [], body: { n: '{{$context.data.number}}' } },
};

const CLOCK = join(WORK_DIR, unique('clock-'));

/** An instance's environment: the clock of all but the first is two seconds slow. */
function clockOff(index: number): Record<string, string> {
  mkdirSync(WORK_DIR, { recursive: true });
  writeFileSync(CLOCK, '-2000');
  const preload = join(__dirname, '../../scripts/crash/clockPreload.cjs');
  return index === 0 ? {} : { NODE_OPTIONS: `--require ${preload}`, WEBHOOK_CRASH_CLOCK: CLOCK };
}

describe.each([
  ['two instances without an adapter, whose clocks differ', 2, undefined],
  ['three instances with NocoBase’s adapters on Redis', 3, REDIS_URL],
])('%s', (_what, size, redisUrl) => {
  const told = redisUrl !== undefined;
  let hosts: Host[] = [];
  let key: string;
  let deduped: string;

  beforeAll(async () => {
    hosts = await createCluster({
      dialect: 'postgres',
      dir: join(WORK_DIR, unique('cluster-')),
      tgz: packedPlugin(),
      nodes: Array.from({ length: size }, (_none, index) => (told ? {} : clockOff(index))),
      redisUrl,
    });
    [key = '', deduped = ''] = await webhooksOnAll(hosts, [{ concurrency: 4 }, DEDUPED]);
  });

  afterAll(() => removeCluster(hosts));

  it('start each delivery once, whichever instance took it', async () => {
    const load = loadOn(hosts, key);
    load.start();
    await waitFor('300 deliveries', 60_000, () => Promise.resolve(load.acknowledged.size >= 300));
    await load.stop();
    await expectOnceEach(first(hosts), key, load.acknowledged);
  });

  it('run calls in the order in which they were made, whichever instance took each', async () => {
    const { api } = first(hosts);
    const [ordered = ''] = await webhooksOnAll(hosts, [{ concurrency: 1 }]);
    await api.action('webhookEndpoints:pause', {}, { filterByTk: ordered });
    for (let number = 0; number < 30; number++) {
      const { status } = await post(hosts[number % size] ?? first(hosts), ordered, { number });
      expect(status).toBe(200);
    }
    await api.action('webhookEndpoints:resume', {}, { filterByTk: ordered });
    await waitFor('all to end', TAKEOVER_MS, async () => (await executed(first(hosts), ordered)).open === 0);
    // One instance has the queue, and makes all executions.
    const [rows = []] = await runSql(first(hosts), [
      `SELECT (context::jsonb->'data'->>'number')::int AS number FROM executions WHERE "key" = '${ordered}'` +
        ` AND (context::jsonb->'data'->>'number')::int <> ${PROBE} ORDER BY id`,
    ]);
    expect(rows.map(({ number }) => Number(number))).toEqual(Array.from({ length: 30 }, (_none, index) => index));
  });

  it('take a repeat for one, also in the same moment', async () => {
    for (let number = 1; number <= 15; number++) {
      const id = randomUUID();
      const answers = await Promise.all(
        hosts.flatMap((host) => [
          post(host, deduped, { number }, { 'x-id': id }),
          post(host, deduped, { number }, { 'x-id': id }),
        ]),
      );
      expect(new Set(answers.map(({ status, body }) => `${status} ${body}`))).toEqual(new Set([`200 {"n":${number}}`]));
    }
    await expectOnceEach(
      first(hosts),
      deduped,
      Array.from({ length: 15 }, (_none, index) => index + 1),
    );
  });

  it('finish what a killed instance leaves behind', async () => {
    const [survivor, ...others] = hosts;
    const victim = others.at(-1);
    if (!survivor || !victim) {
      throw new Error('two instances are needed');
    }
    const load = loadOn(hosts, key, 10_000);
    load.start();
    await waitFor('100 deliveries', 60_000, () => Promise.resolve(load.acknowledged.size >= 100));
    await victim.kill();
    await load.stop();
    try {
      await expectOnceEach(survivor, key, load.acknowledged);
    } finally {
      await victim.start();
    }
  });

  it('keep each key in order, one run at a time, also where an instance is killed in the middle', async () => {
    const { api } = first(hosts);
    const victim = hosts.at(-1) ?? first(hosts);
    const called = new Called(150);
    const url = `${await called.url()}?n={{$context.data.number}}&key={{$context.data.customer}}`;
    const workflow = await createWebhook(api, { concurrency: 4, orderBy: 'json:customer' }, { enabled: false });
    await addNode(api, workflow, { type: 'request', config: { url, method: 'GET', timeout: 60_000 } });
    await api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
    await everywhere(workflow.key, 200, { number: PROBE, customer: 'probe' });
    for (let number = 0; number < 60; number++) {
      // The one that is killed has the first, and with it the queue.
      const host = hosts[(number + size - 1) % size] ?? victim;
      const { status } = await post(host, workflow.key, { number, customer: `c${number % 3}` });
      expect(status).toBe(200);
    }
    await victim.kill();
    try {
      await waitFor('all to end', TAKEOVER_MS, async () => (await executed(first(hosts), workflow.key)).open === 0);
    } finally {
      await victim.start();
      called.close();
    }
    for (const customer of [0, 1, 2]) {
      const seen = called.of(`c${customer}`);
      // The call that was under way is made once more, and comes before the next one.
      const once = seen.filter((number, index) => number !== seen[index - 1]);
      expect(once).toEqual(Array.from({ length: 20 }, (_none, index) => 3 * index + customer));
      expect(seen.length - once.length).toBeLessThanOrEqual(1);
    }
    expect(called.mostOpen).toBeGreaterThan(1);
  });

  const statusOn = async (host: Host, path: string, body: object = { number: 0 }) =>
    (await post(host, path, body)).status;
  const everywhere = (path: string, status: number, body?: object) =>
    waitFor(`${path} to answer ${status} on every instance`, MESSAGE_MS, async () => {
      const answers = await Promise.all(hosts.map((host) => statusOn(host, path, body)));
      return answers.every((answer) => answer === status);
    });

  it('know within a second of a webhook that is enabled, changed, disabled and deleted', async () => {
    const { api } = first(hosts);
    const [before, after] = [unique('before-'), unique('after-')];
    const { id, key: sameKey } = await createWebhook(api, { path: before }, { enabled: false });
    expect(await Promise.all(hosts.map((host) => statusOn(host, before)))).toEqual(hosts.map(() => 404));
    const update = (values: object) => api.action('workflows:update', values, { filterByTk: id });
    await update({ enabled: true });
    await everywhere(before, 200);
    // A workflow that has run can't be changed: NocoBase wants a new version of it.
    const revision = await api.action<{ id: number }>(
      'workflows:revision',
      {},
      { filterByTk: id, filter: JSON.stringify({ key: sameKey }) },
    );
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

  if (told) {
    describe('hear from one another through the engine’s messages', () => {
      it('of a secret that was handed over to one, confirmed on another, and discarded', async () => {
        const auth = { type: 'provider' as const, provider: 'notion', secrets: [] };
        const { key } = await createWebhook(first(hosts).api, { auth });
        // An address may hand over ten a minute: not before all know the webhook.
        await everywhere(key, 401);
        const token = `secret_${unique()}`;
        await waitFor('the handshake', MESSAGE_MS, async () => {
          const answers = await Promise.all(hosts.map((host) => post(host, key, { verification_token: token })));
          return answers.every(({ status }) => status === 200);
        });
        const api = (hosts.at(-1) ?? first(hosts)).api;
        const [captured, ...others] = await api.get<{ id: string }[]>('webhookCapturedSecrets:list', { key });
        expect(others).toEqual([]);
        const signature = `sha256=${createHmac('sha256', token)
          .update(JSON.stringify({ number: 0 }))
          .digest('hex')}`;
        const everyone = (status: number) =>
          waitFor(`every node to answer ${status}`, MESSAGE_MS, async () => {
            const signed = { 'x-notion-signature': signature };
            const answers = await Promise.all(hosts.map((host) => post(host, key, { number: 0 }, signed)));
            return answers.every((answer) => answer.status === status);
          });
        await everyone(401);
        for (const [action, status] of [
          ['confirm', 200],
          ['discard', 401],
        ] as const) {
          await api.action(`webhookCapturedSecrets:${action}`, {}, { filterByTk: captured?.id ?? '' });
          await everyone(status);
        }
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

      it('of the public URL', async () => {
        const { api } = first(hosts);
        const path = unique('signed-');
        const auth = {
          type: 'signature' as const,
          sig: { from: 'header:x-signature' as const },
          content: '{url}',
          secrets: ['a secret'],
        };
        await createWebhook(api, { path, auth });
        const signature = createHmac('sha256', 'a secret')
          .update(`https://hooks.example.com/api/webhooks/${path}`)
          .digest('hex');
        const all = (status: number) =>
          waitFor(`${status} everywhere`, MESSAGE_MS, async () => {
            const answers = await Promise.all(
              hosts.map((host) => post(host, path, {}, { 'x-signature': signature, 'x-id': unique() })),
            );
            return answers.every((answer) => answer.status === status);
          });
        await all(401);
        await api.action('webhookSettings:save', { publicUrl: 'https://hooks.example.com' });
        await all(200);
        await api.action('webhookSettings:save', { publicUrl: '' });
        await all(401);
      });
    });
  }
});

describe('an instance for requests and one for work (`WORKER_MODE`)', () => {
  let hosts: Host[] = [];
  let requests: Host;
  let worker: Host;

  beforeAll(async () => {
    hosts = await createCluster({
      dialect: 'postgres',
      dir: join(WORK_DIR, unique('cluster-')),
      tgz: packedPlugin(),
      nodes: [{ WORKER_MODE: '!' }, { WORKER_MODE: 'workflow:process' }],
      redisUrl: REDIS_URL,
    });
    [requests, worker] = hosts as [Host, Host];
  });

  afterAll(() => removeCluster(hosts));

  const send = async (key: string, numbers: readonly number[]) => {
    for (const number of numbers) {
      expect((await post(requests, key, { number })).status).toBe(200);
    }
  };

  it('start on the one what the other took', async () => {
    const { key } = await createWebhook(requests.api);
    await send(key, [1, 2, 3, 4, 5]);
    await expectOnceEach(requests, key, [1, 2, 3, 4, 5]);
    const [owners] = await runSql(requests, [
      `SELECT n.pid FROM "webhookQueues" l JOIN "webhookInstances" n ON n.id = l.owner WHERE l."key" = '${key}'`,
    ]);
    expect(owners).toEqual([{ pid: worker.pid }]);
  });

  it('keep it while there is none for work', async () => {
    const { key } = await createWebhook(requests.api);
    await worker.kill();
    try {
      await send(key, [1, 2, 3]);
      expect(await executed(requests, key)).toEqual({ counts: new Map(), open: 3 });
    } finally {
      await worker.start();
    }
    await expectOnceEach(requests, key, [1, 2, 3]);
  });

  it('answer from the one that was asked, where a caller waits', async () => {
    const { key } = await createWebhook(
      requests.api,
      {
        response: {
          status: 200,
          contentType: 'application/json',
          headers: [],
          body: { n: '{{$context.data.number}}' },
        },
      },
      { sync: true },
    );
    expect(await post(requests, key, { number: 7 })).toEqual({ status: 200, body: '{"n":7}' });
  });
});
