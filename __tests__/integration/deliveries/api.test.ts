import type { DeliveryDetail, DeliverySummary, EndpointSummary, ReplayJob } from '../../../src/common/deliveriesApi';
import { Api } from '../../../scripts/host';
import { onEveryDatabase, unique, type TestHost } from '../../support/hosts';
import { createWebhook, finishedExecutions, waitFor } from '../../support/workflows';
import { told } from '../../support/reasons';

jest.setTimeout(120_000);

const TOKEN = 'a token that is long enough';
const tokenAuth = {
  type: 'token' as const,
  in: 'header' as const,
  name: 'x-token',
  secrets: [{ name: 'a', value: TOKEN }],
};

onEveryDatabase('the deliveries API', (host: TestHost) => {
  const { api } = host;

  const call = (key: string, body: unknown, headers: Record<string, string> = {}, query = '') =>
    fetch(`${host.webhook(key)}${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  const list = (filter: object, more: Record<string, string | number | boolean> = {}) =>
    api.get<DeliverySummary[]>('webhookDeliveries:list', { filter: JSON.stringify(filter), ...more }).then(told);

  const get = (id: string) => api.get<DeliveryDetail>('webhookDeliveries:get', { filterByTk: id });

  /** The webhook's deliveries, newest first, once there are so many and all have ended. */
  const settled = (key: string, count: number) =>
    waitFor(`${count} deliveries`, 30_000, async () => {
      const rows = await list({ key });
      return rows.length >= count && rows.every(({ finishedAt }) => finishedAt !== null) ? rows : null;
    });

  it('lists what was taken and what was refused, filtered, in pages, newest first', async () => {
    const { key, title } = await createWebhook(api, { auth: tokenAuth });
    expect((await call(key, { n: 1 }, { 'x-token': TOKEN })).status).toBe(200);
    expect((await call(key, { n: 2 })).status).toBe(401);
    const rows = await settled(key, 2);
    expect(rows.map(({ status, responseStatus }) => [status, responseStatus])).toEqual([
      ['rejected', 401],
      ['succeeded', 200],
    ]);
    expect(rows[0]).toMatchObject({
      workflowTitle: title,
      method: 'POST',
      reasonCode: 'VALUE_MISSING',
      reasonValues: { place: 'header:x-token' },
    });
    expect(rows[0]).not.toHaveProperty('headers');

    expect((await list({ key, status: 'rejected' })).map(({ id }) => id)).toEqual([rows[0]?.id]);
    expect(
      (await list({ key, reasonCode: { $in: ['VALUE_MISSING', 'EVENT_NOT_CHOSEN'] } })).map(({ id }) => id),
    ).toEqual([rows[0]?.id]);
    expect((await list({ key, receivedAt: { $gt: '2999-01-01T00:00:00Z' } })).length).toBe(0);
    expect((await list({ key }, { page: 2, pageSize: 1 })).map(({ id }) => id)).toEqual([rows[1]?.id]);
    expect((await list({ key }, { sort: 'receivedAt' })).map(({ id }) => id)).toEqual([rows[1]?.id, rows[0]?.id]);
    const paged = await api.request(`webhookDeliveries:list?simplePaginate=true&pageSize=1&filter={"key":"${key}"}`);
    expect((await paged.json()) as object).toMatchObject({ meta: { hasNext: true, page: 1, pageSize: 1 } });
  });

  it('shows the request as it is kept: without credentials', async () => {
    const { key } = await createWebhook(api, { auth: tokenAuth });
    await call(key, { order: 7 }, { 'x-token': TOKEN, cookie: 'session=mine', authorization: 'Bearer secret' }, '?a=1');
    const [row] = await settled(key, 1);
    const delivery = await get(row!.id);
    expect(delivery).toMatchObject({
      query: { a: '1' },
      headers: { 'x-token': '[redacted]', cookie: '[redacted]', authorization: '[redacted]' },
      body: '{"order":7}',
      responseStatus: 200,
    });
    expect(delivery).not.toHaveProperty('context');
    expect(JSON.stringify(delivery)).not.toContain(TOKEN);
  });

  it.each([
    ['a hidden field in a filter', 'webhookDeliveries:list?filter={"context.$includes":"secret"}'],
    ['a hidden field deep in a filter', 'webhookDeliveries:list?filter={"$or":[{"$and":[{"dedupeSlot":"x"}]}]}'],
    ['a hidden field as order', 'webhookDeliveries:list?sort=context'],
    ['a hidden field that is asked for', 'webhookDeliveries:list?fields=id,context'],
    ['a replay of what a hidden field says', 'webhookDeliveries:replayMany?filter={"owner":"x"}'],
    ['what is no id', 'webhookDeliveries:replay?filterByTk=1'],
  ])('refuses %s', async (_what, path) => {
    const { status } = await api.request(path, {
      method: path.includes(':list') ? 'GET' : 'POST',
      json: path.includes(':list') ? undefined : {},
    });
    expect(status).toBe(400);
  });

  it('gives the fields that are asked for', async () => {
    const { key } = await createWebhook(api);
    await call(key, {});
    await settled(key, 1);
    const [row] = await api
      .get<object[]>('webhookDeliveries:list', {
        filter: JSON.stringify({ key }),
        fields: 'id,status',
      })
      .then(told);
    expect(Object.keys(row!).sort()).toEqual(['id', 'status', 'workflowTitle']);
  });

  it('replays one as it was, in a run of its own', async () => {
    const { key } = await createWebhook(api);
    await call(key, { order: 1 }, { 'x-kind': 'first' });
    const [first] = await settled(key, 1);
    const { id } = await api.action<{ id: string }>('webhookDeliveries:replay', {}, { filterByTk: first!.id });
    const [again] = await finishedExecutions(api, key, 2);
    expect(again).toMatchObject({
      eventKey: id,
      context: { data: { order: 1 }, headers: { 'x-kind': 'first' }, deliveryId: id },
    });
    expect(await get(id)).toMatchObject({ replayOf: first!.id, key });
  });

  it('replays one edited; credentials that were left out stay what they were', async () => {
    const { key } = await createWebhook(api, { headers: { credentials: true } });
    await call(key, { order: 1 }, { 'x-kind': 'first', cookie: 'session=mine' }, '?a=1');
    const [first] = await settled(key, 1);
    const { headers } = await get(first!.id);
    const { id } = await api.action<{ id: string }>(
      'webhookDeliveries:replay',
      { data: { order: 2 }, headers: { ...headers, 'X-Kind': 'second', 'x-kind': 'second' }, query: { a: '3' } },
      { filterByTk: first!.id },
    );
    const [again] = await finishedExecutions(api, key, 2);
    expect(again?.context).toMatchObject({
      data: { order: 2 },
      headers: { 'x-kind': 'second', cookie: 'session=mine' },
      query: { a: '3' },
    });
    expect(await get(id)).toMatchObject({ body: '{"order":2}', headers: { cookie: '[redacted]' }, query: { a: '3' } });
  });

  it('says why it can not replay', async () => {
    const workflow = await createWebhook(api);
    await call(workflow.key, {});
    const [row] = await settled(workflow.key, 1);
    await api.action('workflows:update', { enabled: false }, { filterByTk: workflow.id });
    const off = await api.request(`webhookDeliveries:replay?filterByTk=${row!.id}`, { method: 'POST', json: {} });
    expect(off.status).toBe(409);
    expect(await off.text()).toContain('WEBHOOK_DISABLED');
    const gone = await api.request('webhookDeliveries:replay?filterByTk=01890000-0000-7000-8000-000000000000', {
      method: 'POST',
      json: {},
    });
    expect(gone.status).toBe(404);
  });

  it('replays a filtered selection, and says how far it is', async () => {
    const { key } = await createWebhook(api, { concurrency: 4 });
    await Promise.all(Array.from({ length: 60 }, (_, n) => call(key, { n })));
    await waitFor(
      '60 deliveries',
      60_000,
      async () => (await list({ key, status: 'succeeded' }, { pageSize: 200 })).length === 60,
    );
    const job = await api.action<ReplayJob>('webhookDeliveries:replayMany', { filter: { key, status: 'succeeded' } });
    expect(job).toMatchObject({ status: 'running', total: 60 });
    const done = await waitFor('the replay', 60_000, async () => {
      const progress = await api.get<ReplayJob>('webhookDeliveries:replayProgress', { filterByTk: job.id });
      return progress.status === 'finished' ? progress : null;
    });
    expect(done).toMatchObject({ total: 60, replayed: 60, failed: 0 });
    expect(await list({ key, 'replayOf.$notEmpty': true }, { pageSize: 200 })).not.toHaveLength(0);
    const none = await api.request('webhookDeliveries:replayMany', {
      method: 'POST',
      json: { filter: { key: 'none' } },
    });
    expect(none.status).toBe(400);
  });

  it('holds deliveries while paused, counts them, cancels one, and starts the rest when resumed', async () => {
    const { key, title } = await createWebhook(api);
    const endpoint = async () => (await api.get<EndpointSummary[]>('webhookEndpoints:list', { key }))[0];
    expect(await endpoint()).toMatchObject({ key, title, paused: false, counts: {} });
    await api.action('webhookEndpoints:pause', {}, { filterByTk: key });
    for (const n of [1, 2, 3]) {
      expect((await call(key, { n })).status).toBe(200);
    }
    expect(await endpoint()).toMatchObject({ paused: true, counts: { received: 3 } });
    const [newest] = await list({ key });
    expect(await api.action('webhookDeliveries:cancel', {}, { filterByTk: newest!.id })).toEqual({ cancelled: true });
    expect(await api.action('webhookDeliveries:cancel', {}, { filterByTk: newest!.id })).toEqual({ cancelled: false });
    await api.action('webhookEndpoints:resume', {}, { filterByTk: key });
    await settled(key, 3);
    expect(await endpoint()).toMatchObject({ paused: false, counts: { succeeded: 2, cancelled: 1 } });
    const runs = await finishedExecutions(api, key, 2);
    expect(runs.map(({ context }) => context.data)).toEqual([{ n: 2 }, { n: 1 }]);
  });

  it('is for who may edit workflows, and for nobody else', async () => {
    const { key } = await createWebhook(api);
    await call(key, {});
    const [row] = await settled(key, 1);
    const member = await signedInAs(api, 'member');
    const role = unique('r_');
    await api.action('roles:create', { name: role, title: role, snippets: ['pm.workflow.workflows'] });
    const maker = await signedInAs(api, role);
    for (const [method, path] of [
      ['GET', 'webhookDeliveries:list'],
      ['GET', `webhookDeliveries:get?filterByTk=${row!.id}`],
      ['POST', `webhookDeliveries:replay?filterByTk=${row!.id}`],
      ['POST', `webhookDeliveries:cancel?filterByTk=${row!.id}`],
      ['GET', 'webhookEndpoints:list'],
      ['POST', `webhookEndpoints:pause?filterByTk=${key}`],
      ['POST', `webhookEndpoints:resume?filterByTk=${key}`],
    ] as const) {
      const json = method === 'POST' ? {} : undefined;
      expect([path, (await member.request(path, { method, json })).status]).toEqual([path, 403]);
      expect([path, (await maker.request(path, { method, json })).status]).toEqual([path, 200]);
    }
    expect((await member.request('webhookDeliveries:replayMany', { method: 'POST', json: {} })).status).toBe(403);
  });

  it.each([
    'webhookDeliveries:create',
    'webhookDeliveries:update?filterByTk=x',
    'webhookDeliveries:destroy?filterByTk=x',
    'webhookQueues:list',
    'webhookQueues:update?filterByTk=x',
    'webhookInstances:list',
    'webhookReplays:list',
    'webhookResumptions:list',
    'webhookOptions:list',
    'webhookSingleUseIds:list',
  ])('has no %s', async (path) => {
    const response = await api.request(path, { method: 'POST', json: { paused: true } });
    expect(response.ok).toBe(false);
  });

  it('is in the API documentation', async () => {
    const document = await (await api.request('swagger:get?ns=plugins')).text();
    expect(document).toContain('/webhookDeliveries:replayMany');
    expect(document).toContain('/webhookEndpoints:list');
  });
});

/** A new user with this role, signed in. */
async function signedInAs(admin: Api, role: string): Promise<Api> {
  const name = unique('u');
  const email = `${name}@example.com`;
  await admin.action('users:create', {
    username: name,
    nickname: name,
    email,
    password: 'secret-123',
    roles: [{ name: role }],
  });
  const api = new Api(admin.base);
  await api.signIn({ email, password: 'secret-123' });
  return api;
}
