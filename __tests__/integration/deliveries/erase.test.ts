import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runSql } from '../../../scripts/host/sql';
import type { WebhookConfigInput } from '../../../src/common/config';
import type { DeliveryDetail, DeliverySummary, Erased } from '../../../src/common/deliveriesApi';
import { onEveryDatabase, unique, type TestHost } from '../../support/hosts';
import { addNode, createWebhook, finishedExecutions, waitFor } from '../../support/workflows';

jest.setTimeout(120_000);

onEveryDatabase('erasing', (host: TestHost) => {
  const { api } = host;
  const person = unique('person-');

  const send = async (key: string, init: RequestInit = {}, query = '') => {
    const answer = await fetch(`${host.webhook(key)}${query}`, { method: 'POST', ...init });
    return { status: answer.status, text: await answer.text() };
  };
  const json = (body: object, headers: object = {}): RequestInit => ({
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
  const list = (key: string) =>
    api.get<DeliverySummary[]>('webhookDeliveries:list', { filter: JSON.stringify({ key }), sort: 'id' });
  const until = (key: string, ...wanted: string[]) =>
    waitFor(`deliveries that are ${wanted.join(', ')}`, 30_000, async () => {
      const rows = await list(key);
      return rows.map(({ status }) => status).join() === wanted.join() && rows;
    });
  const erase = (id: string, options: object = {}) =>
    api.action<Erased>('webhookDeliveries:erase', options, { filterByTk: id });

  /** All that the database holds of a delivery and its run, as one text. */
  const everything = async (key: string): Promise<string> => {
    const [deliveries, executions, jobs] = await runSql(host, [
      `SELECT * FROM "webhookDeliveries" WHERE "key" = '${key}'`,
      `SELECT * FROM executions WHERE "key" = '${key}'`,
      `SELECT * FROM jobs WHERE "executionId" IN (SELECT id FROM executions WHERE "key" = '${key}')`,
    ]);
    return JSON.stringify([deliveries, executions, jobs], (_name, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
  };

  async function personal(config: WebhookConfigInput = {}, sync = false): Promise<string> {
    const workflow = await createWebhook(api, config, { sync, enabled: false });
    const expression = '{{$context.data.name}}';
    await addNode(api, workflow, { type: 'calculation', config: { engine: 'string', expression } });
    await api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
    return workflow.key;
  }

  it('takes all that was sent and answered out of a delivery and its run, and knows a repeat still', async () => {
    const path = unique('erased/') + '/:who';
    const response = {
      status: 202,
      headers: [{ name: 'x-who', value: person }],
      body: { name: '{{$context.data.name}}' },
    };
    const dedupe = { key: 'json:name', window: 60 };
    const key = await personal({ path, response, dedupe }, true);
    const call = () => send(path.replace(':who', person), json({ name: person }, { 'x-name': person }), `?q=${person}`);
    const first = await call();
    expect(first).toEqual({ status: 202, text: JSON.stringify({ name: person }) });
    const [delivery] = await until(key, 'succeeded');
    await waitFor('its answer', 20_000, async () => (await list(key))[0]?.responseStatus);
    expect(await everything(key)).toContain(person);

    expect(await erase(String(delivery?.id), { execution: true })).toEqual({ erased: 1, open: 0 });
    expect(await everything(key)).not.toContain(person);
    const left = await api.get<DeliveryDetail>('webhookDeliveries:get', { filterByTk: String(delivery?.id) });
    expect(left).toMatchObject({
      status: 'succeeded',
      responseStatus: 202,
      body: null,
      ip: '',
      path: '',
      dedupeKey: null,
    });
    expect(left.erasedAt).toEqual(expect.any(String));
    await expect(
      api.action('webhookDeliveries:replay', { data: {} }, { filterByTk: String(delivery?.id) }),
    ).rejects.toThrow(/ 409: .*erased/);
    expect(await call()).toEqual({ status: 202, text: '' });
    expect(await finishedExecutions(api, key)).toHaveLength(1);
  });

  it('leaves the run alone where that is not asked for', async () => {
    const key = await personal();
    await send(key, json({ name: person }));
    const [delivery] = await until(key, 'succeeded');
    await erase(String(delivery?.id));
    const [execution] = await finishedExecutions(api, key);
    expect(execution?.context).toMatchObject({ data: { name: person } });
    expect(await erase(String(delivery?.id), { execution: true })).toEqual({ erased: 1, open: 0 });
    expect(await everything(key)).not.toContain(person);
  });

  it('leaves the code of what went wrong, and nothing that it quotes', async () => {
    const schema = { type: 'object', additionalProperties: false };
    const { key } = await createWebhook(api, { body: { schema } });
    expect((await send(key, json({ [person]: 1 }))).status).toBe(422);
    await until(key, 'rejected');
    expect(await api.action('webhookDeliveries:eraseMany', { filter: { key } })).toEqual({ erased: 1, open: 0 });
    expect(await list(key)).toMatchObject([{ status: 'rejected', reason: 'INVALID_DATA', responseStatus: 422 }]);
    expect(await everything(key)).not.toContain(person);
  });

  it('deletes stored files', async () => {
    const { key } = await createWebhook(api);
    const body = new FormData();
    const name = unique('erased-');
    body.append('photo', new File(['of a person'], `${name}.txt`));
    expect((await send(key, { body })).status).toBe(200);
    const [delivery] = await until(key, 'succeeded');
    const kept = () => readdirSync(join(host.dir, 'storage', 'uploads')).filter((file) => file.startsWith(name));
    expect(kept()).toHaveLength(1);
    await erase(String(delivery?.id), { execution: true });
    expect(kept()).toEqual([]);
  });

  it('refuses one that has not ended, unless it is to be cancelled', async () => {
    const { key } = await createWebhook(api);
    await api.action('webhookEndpoints:pause', {}, { filterByTk: key });
    await send(key, json({ name: person }));
    await send(key, json({ name: person }));
    const [first] = await until(key, 'received', 'received');
    await expect(erase(String(first?.id))).rejects.toThrow(/ 409: .*has not ended/);
    expect(await api.action('webhookDeliveries:eraseMany', { filter: { key } })).toEqual({ erased: 0, open: 2 });
    expect(await everything(key)).toContain(person);
    expect(await erase(String(first?.id), { cancel: true })).toEqual({ erased: 1, open: 0 });
    expect(await api.action('webhookDeliveries:eraseMany', { filter: { key }, cancel: true })).toEqual({
      erased: 2,
      open: 0,
    });
    expect(await everything(key)).not.toContain(person);
  });

  it.each([{}, { filter: {} }, { filter: { key: 'x' }, cancel: 'perhaps' }])(
    'many are named by a filter, and what is asked for can be read: %j',
    async (values) => {
      await expect(api.action('webhookDeliveries:eraseMany', values)).rejects.toThrow(/ 400/);
    },
  );
});
