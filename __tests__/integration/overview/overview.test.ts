import type { Overview, WebhookOverview } from '../../../src/common/overview';
import { onEveryDatabase, unique } from '../../support/hosts';
import { createWebhook, waitFor, type WorkflowRecord } from '../../support/workflows';

jest.setTimeout(180_000);

const TOKEN = 'a token that is long enough';
const auth = { type: 'token' as const, in: 'header' as const, name: 'x-token', secrets: [TOKEN] };

onEveryDatabase('the page of all webhooks', (host) => {
  const { api } = host;
  const all = () => api.get<Overview>('webhookEndpoints:overview');
  const find = async ({ key }: Pick<WorkflowRecord, 'key'>): Promise<WebhookOverview | undefined> =>
    (await all()).webhooks.find((webhook) => webhook.key === key);
  const call = ({ key }: WorkflowRecord, token = TOKEN) =>
    fetch(host.webhook(key), { method: 'POST', headers: { 'x-token': token }, body: '{}' });

  it('has how each stands, also those that are off', async () => {
    const path = unique('overview/');
    const [on, off, needs, paused, taken] = [
      await createWebhook(api, { auth, path }),
      await createWebhook(api, {}, { enabled: false }),
      await createWebhook(api, { auth: { ...auth, secrets: [] } }),
      await createWebhook(api, { auth }),
      await createWebhook(api, { path: `${path}/` }, { enabled: false }),
    ];
    await api.action('webhookEndpoints:pause', {}, { filterByTk: paused.key });
    const states = await waitFor('that it is paused', 10_000, async () => {
      const found = await Promise.all([on, off, needs, paused, taken].map(find));
      return found[3]?.paused ? found : null;
    });
    expect(states.map((webhook) => webhook?.state)).toEqual(['on', 'off', 'needsSecret', 'paused', 'pathTaken']);
    expect(states.map((webhook) => webhook?.paused)).toEqual([false, null, false, true, null]);
    expect(states[0]).toMatchObject({
      title: on.title,
      workflowId: on.id,
      auth: 'token',
      provider: null,
      path,
      events: null,
      calls: 0,
      p95: null,
      lastCallAt: null,
      waiting: 0,
    });
    expect(JSON.stringify(states)).not.toContain('sealed');
  });

  it.each<[string, object]>([
    ['a path that is no text', { path: {} }],
    ['methods that are no list', { methods: 'POST' }],
    ['verification that is no object', { auth: 'none' }],
  ])('has the others, and one that was saved switched off with %s', async (_what, config) => {
    const { id: category } = await api.action<{ id: number }>('workflowCategories:create', { title: unique('c') });
    const broken = await api.action<WorkflowRecord>(`workflowCategories/${category}/workflows:create`, {
      title: unique('broken '),
      type: 'webhook',
      current: true,
      enabled: false,
      config,
    });
    const other = await createWebhook(api, { auth });
    expect([(await find(broken))?.state, (await find(other))?.state]).toEqual(['off', 'on']);
    const document = await api.request(`webhookEndpoints:openapi?filterByTk=${broken.id}`);
    expect(document.status).toBe(200);
  });

  it('has calls, errors, the last one, and what waits since when', async () => {
    const webhook = await createWebhook(api, { auth });
    await api.action('webhookEndpoints:pause', {}, { filterByTk: webhook.key });
    await waitFor('that it is paused', 10_000, async () => (await find(webhook))?.paused);
    const begun = Date.now();
    expect((await call(webhook)).status).toBe(200);
    expect((await call(webhook)).status).toBe(200);
    expect((await call(webhook, 'wrong')).status).toBe(401);
    const found = await waitFor('the counts', 30_000, async () => {
      const row = await find(webhook);
      return row?.calls === 3 ? row : null;
    });
    expect(found).toMatchObject({ calls: 3, refused: 1, unverified: 1, failed: 0, waiting: 2 });
    expect(found.p95).toBeGreaterThan(0);
    expect(found.bars).toHaveLength(24);
    expect(found.bars.reduce((sum, [accepted, refused]) => sum + accepted + refused, 0)).toBe(3);
    expect(found.oldestWaitingAt).toBeGreaterThan(begun - 5_000);
    expect(found.lastCallAt).toBeGreaterThanOrEqual(found.oldestWaitingAt ?? 0);
    expect(found.lastCallAt).toBeLessThan(Date.now() + 5_000);
  });

  it('still has one that was deleted and is called within the day', async () => {
    const webhook = await createWebhook(api, { auth });
    expect((await call(webhook)).status).toBe(200);
    await waitFor('the count', 30_000, async () => (await find(webhook))?.calls === 1);
    await api.action('workflows:destroy', {}, { filterByTk: webhook.id });
    expect(await find(webhook)).toMatchObject({ state: 'deleted', title: webhook.key, workflowId: null, calls: 1 });
  });
});
