import type { Api, Host } from '../../../scripts/host';
import type { DeliveryStatus } from '../../../src/common/deliveries';
import type { EndpointSummary } from '../../../src/common/deliveriesApi';
import { ownHost, unique } from '../../support/hosts';
import { DIALECTS } from '../../support/shared';
import { addNode, createWebhook, finishedExecutions, waitFor } from '../../support/workflows';

jest.setTimeout(300_000);

const SETTLE_MS = 120_000;

/** Seconds of work for one NocoBase, so that what must not wait for it has time to show that it doesn't. */
const FLOOD = 1_500;
const CALLERS = 32;

const COUNT: Parameters<typeof addNode>[2] = { type: 'calculation', config: { engine: 'basic', expression: '1' } };

/** An async workflow of the engine's own, which nothing but `workflows:trigger` starts. */
async function createOwn(api: Api): Promise<string> {
  const { key } = await api.action<{ key: string }>('workflows:create', {
    title: unique('own '),
    type: 'custom-action',
    sync: false,
    enabled: true,
    current: true,
    config: { type: 0 },
  });
  return key;
}

/** Calls so often from all sides, all of them answered with a 2xx. */
async function flood(count: number, call: () => Promise<Response>): Promise<void> {
  let left = count;
  const caller = async () => {
    while (left-- > 0) {
      expect((await call()).ok).toBe(true);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
}

// NocoBase's engine on SQLite can't bear so many runs at once.
describe.each(DIALECTS.filter((dialect) => dialect !== 'sqlite'))('while a webhook is flooded, on %s', (dialect) => {
  let host: Host;
  let flooded: string;

  const call = (key: string) => fetch(`${host.url}${host.apiPath}webhooks/${key}`, { method: 'POST' });
  const trigger = (key: string) =>
    host.api.request(`workflows:trigger?triggerWorkflows=${key}`, { method: 'POST', json: {} });

  /** How many of a webhook's deliveries are in these statuses. */
  const count = async (key: string, ...statuses: DeliveryStatus[]) => {
    const [endpoint] = await host.api.get<EndpointSummary[]>('webhookEndpoints:list', { key });
    return statuses.reduce((sum, status) => sum + (endpoint?.counts[status] ?? 0), 0);
  };

  /** How many of an own workflow's executions have come to their end. */
  const resolved = async (key: string) => {
    const filter = encodeURIComponent(JSON.stringify({ key, status: 1 }));
    const answer = await host.api.request(`executions:list?pageSize=1&filter=${filter}`);
    return ((await answer.json()) as { meta: { count: number } }).meta.count;
  };

  beforeAll(async () => {
    host = await ownHost({ dialect });
    const workflow = await createWebhook(host.api, { concurrency: 4 }, { enabled: false });
    await addNode(host.api, workflow, COUNT);
    await host.api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
    flooded = workflow.key;
  });
  afterAll(() => host.remove());

  afterEach(() =>
    waitFor('the flood to have run off', SETTLE_MS, async () => (await count(flooded, 'received', 'started')) === 0),
  );

  it('another webhook has its turn', async () => {
    const { key } = await createWebhook(host.api);
    await flood(FLOOD, () => call(flooded));
    expect((await call(key)).status).toBe(200);
    await waitFor('the other', SETTLE_MS, async () => (await count(key, 'succeeded')) === 1);
    expect(await count(flooded, 'received', 'started')).toBeGreaterThan(0);
  });

  it('a caller who waits has its answer', async () => {
    const { key } = await createWebhook(host.api, {}, { sync: true });
    await flood(FLOOD, () => call(flooded));
    expect((await call(key)).status).toBe(200);
    expect(await count(flooded, 'received', 'started')).toBeGreaterThan(0);
  });

  it("the engine's other workflows have theirs", async () => {
    const key = await createOwn(host.api);
    await flood(FLOOD, () => call(flooded));
    expect((await trigger(key)).ok).toBe(true);
    await finishedExecutions(host.api, key, 1, SETTLE_MS);
    expect(await count(flooded, 'received', 'started')).toBeGreaterThan(0);
  });

  it('and it has its own while those are flooded', async () => {
    const key = await createOwn(host.api);
    await flood(FLOOD, () => trigger(key));
    const before = await count(flooded, 'succeeded');
    expect((await call(flooded)).status).toBe(200);
    await waitFor('the delivery', SETTLE_MS, async () => (await count(flooded, 'succeeded')) === before + 1);
    expect(await resolved(key)).toBeLessThan(FLOOD);
  });
});
