import { createHmac } from 'node:crypto';
import { runSql } from '../../scripts/host/sql';
import { onEveryDatabase } from '../support/hosts';
import { createWebhook, finishedExecutions, waitFor } from '../support/workflows';

jest.setTimeout(120_000);

const SECRET = 'It’s a Secret to Everybody';
const GITHUB = { auth: { type: 'provider' as const, provider: 'github', secrets: [{ value: SECRET }] } };

onEveryDatabase('events', (host) => {
  const call = (key: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${host.url}${host.apiPath}webhooks/${key}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  const push = (key: string, event: string, body = '{"zen":"Keep it logically awesome."}') =>
    call(key, body, {
      'x-github-event': event,
      'x-github-delivery': `${event}-${Date.now()}`,
      'x-hub-signature-256': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`,
    });
  /** Status, event and reason's code of a webhook's deliveries, oldest first, once there are so many. */
  const log = (key: string, count: number) =>
    waitFor(`${count} deliveries`, 30_000, async () => {
      const sql = `SELECT status, event, "reasonCode" FROM "webhookDeliveries" WHERE "key" = '${key}' ORDER BY id`;
      const rows = (await runSql(host, [sql]))[0] ?? [];
      const isEnded = rows.every(({ status }) => status !== 'received' && status !== 'started');
      return rows.length === count && isEnded
        ? rows.map(({ status, event, reasonCode }) => [status, event, reasonCode])
        : null;
    });

  it('starts for those that are chosen; others are answered, and show as ignored', async () => {
    const { key } = await createWebhook(host.api, { ...GITHUB, events: ['push', 'release'] });
    const answers = [];
    for (const event of ['push', 'star', 'release']) {
      const answer = await push(key, event);
      answers.push([answer.status, await answer.text()]);
    }
    expect(answers).toEqual([
      [200, ''],
      [200, '{"ignored":true}'],
      [200, ''],
    ]);
    expect(await log(key, 3)).toEqual([
      ['succeeded', 'push', null],
      ['ignored', 'star', 'EVENT_NOT_CHOSEN'],
      ['succeeded', 'release', null],
    ]);
    const executions = await finishedExecutions(host.api, key, 2);
    expect(executions.map(({ context }) => context.event).sort()).toEqual(['push', 'release']);
  });

  it('starts for all where none are chosen, and says which it was', async () => {
    const { key } = await createWebhook(host.api, GITHUB);
    expect((await push(key, 'star')).status).toBe(200);
    expect(await log(key, 1)).toEqual([['succeeded', 'star', null]]);
  });

  it('refuses whoever isn’t verified before it looks at events', async () => {
    const { key } = await createWebhook(host.api, { ...GITHUB, events: ['push'] });
    expect((await call(key, '{}', { 'x-github-event': 'star' })).status).toBe(401);
  });

  it('goes before the schema: what isn’t chosen may look as it likes', async () => {
    const schema = { type: 'object', required: ['id'] };
    const { key } = await createWebhook(host.api, { events: ['a'], eventFrom: 'json:type', body: { schema } });
    const statuses = [];
    for (const body of ['{"type":"b"}', '{"type":"a"}', '{"type":"a","id":1}']) {
      statuses.push((await call(key, body)).status);
    }
    expect(statuses).toEqual([200, 422, 200]);
    expect((await log(key, 3)).map(([status, event]) => [status, event])).toEqual([
      ['ignored', 'b'],
      ['rejected', 'a'],
      ['succeeded', 'a'],
    ]);
  });

  it.each([
    ['one that is chosen is enough', ['open', 'click'], 'succeeded'],
    ['none is chosen', ['open', 'bounce'], 'ignored'],
  ])('of several in one call, %s', async (_what, events, status) => {
    const auth = { type: 'provider' as const, provider: 'hubspot', secrets: [{ value: SECRET }] };
    const { key } = await createWebhook(host.api, { auth, events: ['click'] });
    const body = JSON.stringify(events.map((subscriptionType) => ({ subscriptionType })));
    const time = String(Date.now());
    const url = `${host.url}${host.apiPath}webhooks/${key}`;
    const signature = createHmac('sha256', SECRET).update(`POST${url}${body}${time}`).digest('base64');
    const headers = { 'x-hubspot-request-timestamp': time, 'x-hubspot-signature-v3': signature };
    expect((await call(key, body, headers)).status).toBe(200);
    expect((await log(key, 1)).map(([seen, event]) => [seen, event])).toEqual([[status, events.join(', ')]]);
  });

  it('tells repeats by the event', async () => {
    const dedupe = { key: 'fields:event,json:id' };
    const { key } = await createWebhook(host.api, { eventFrom: 'header:x-event', dedupe });
    for (const [event, id] of [
      ['a', 1],
      ['b', 1],
      ['a', 1],
    ] as const) {
      await call(key, JSON.stringify({ id }), { 'x-event': event });
    }
    expect((await log(key, 3)).map(([status, event]) => [status, event])).toEqual([
      ['succeeded', 'a'],
      ['succeeded', 'b'],
      ['duplicate', 'a'],
    ]);
  });

  it('has it in a run by hand, and in filters over the log', async () => {
    const workflow = await createWebhook(host.api, { eventFrom: 'json:type' });
    await call(workflow.key, '{"type":"order.paid"}');
    await log(workflow.key, 1);
    const filter = JSON.stringify({ key: workflow.key, event: 'order.paid' });
    const found = await host.api.get<{ event: string }[]>('webhookDeliveries:list', { filter });
    expect(found.map(({ event }) => event)).toEqual(['order.paid']);
  });

  it('can’t be saved where nothing says where the event stands', async () => {
    await expect(createWebhook(host.api, { events: ['a'] })).rejects.toThrow('Say where the event stands');
  });
});
