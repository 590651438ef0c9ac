import { randomBytes, randomUUID } from 'node:crypto';
import type { Api } from '../../scripts/host';
import { runSql } from '../../scripts/host/sql';
import { MAX_CONFIRMED, MAX_UNCONFIRMED, type CapturedSecret } from '../../src/common/capturedSecrets';
import { loggedDeliveries } from '../support/deliveries';
import { onEveryDatabase, sharedHost, unique } from '../support/hosts';
import { hmacHex, JSON_TYPE } from '../support/providerSigning';
import { DIALECTS } from '../support/shared';
import { createWebhook, finishedExecutions, listExecutions, type WorkflowRecord } from '../support/workflows';

const EVENT = '{"id":"1782edd6-a853-4d4a-b02c-9c8c16f28e53","type":"page.created"}';
const newToken = () => `secret_${randomBytes(20).toString('hex')}`;

const list = (api: Api, key: string) => api.get<CapturedSecret[]>('webhookCapturedSecrets:list', { key });
const confirm = (api: Api, id: string) => api.action('webhookCapturedSecrets:confirm', {}, { filterByTk: id });
const discard = (api: Api, id: string) => api.action('webhookCapturedSecrets:discard', {}, { filterByTk: id });

onEveryDatabase('a secret that Notion hands over', (host) => {
  const { api, webhook } = host;
  const create = (secrets: string[] = []) =>
    createWebhook(api, { auth: { type: 'provider', provider: 'notion', secrets }, dedupe: null });
  // The loopback is a trusted proxy: what it says of the caller counts.
  const post = async (key: string, body: string, headers: Record<string, string> = {}, from = '198.51.100.7') =>
    (
      await fetch(webhook(key), {
        method: 'POST',
        body,
        headers: { ...JSON_TYPE, 'x-forwarded-for': from, ...headers },
      })
    ).status;
  const handOver = (key: string, token: string, from?: string) =>
    post(key, JSON.stringify({ verification_token: token }), {}, from);
  const send = (key: string, token: string) =>
    post(key, EVENT, { 'x-notion-signature': `sha256=${hmacHex(token, EVENT)}` });

  it('verifies nothing until the maker has confirmed it; then it does, and no other is taken', async () => {
    const { key } = await create();
    const [planted, real] = [newToken(), newToken()];
    expect(await handOver(key, planted, '203.0.113.66')).toBe(200);
    expect(await send(key, planted)).toBe(401);
    // The true handshake comes later, and is not refused for the one that was planted.
    expect(await handOver(key, real)).toBe(200);
    expect(await send(key, real)).toBe(401);
    const [newest, older] = await list(api, key);
    expect(newest).toMatchObject({ ip: '198.51.100.7', confirmedAt: null, secret: real, replaced: 0 });
    expect(older).toMatchObject({ ip: '203.0.113.66', confirmedAt: null, secret: planted });
    expect(Math.abs(Date.now() - Date.parse(newest!.capturedAt))).toBeLessThan(60_000);

    await confirm(api, newest!.id);
    expect(await send(key, real)).toBe(200);
    expect(await send(key, planted)).toBe(401);
    expect(await finishedExecutions(api, key)).toHaveLength(1);
    expect(await handOver(key, newToken())).toBe(401);
    expect(await list(api, key)).toHaveLength(2);

    // The version has run, and can't be changed any more. What was confirmed can still be taken away.
    await discard(api, newest!.id);
    expect(await send(key, real)).toBe(401);
    expect(await handOver(key, real)).toBe(200);
    expect(await listExecutions(api, key)).toHaveLength(1);
  });

  it('counts in every version, in no copy, and goes with the workflow', async () => {
    const workflow = await create();
    const token = newToken();
    expect(await handOver(workflow.key, token)).toBe(200);
    await confirm(api, (await list(api, workflow.key))[0]!.id);
    const revise = async (query: object): Promise<WorkflowRecord> => {
      const made = await api.action<WorkflowRecord>('workflows:revision', {}, { filterByTk: workflow.id, ...query });
      await api.action('workflows:update', { enabled: true }, { filterByTk: made.id });
      return made;
    };
    const revision = await revise({ filter: JSON.stringify({ key: workflow.key }) });
    expect(await send(workflow.key, token)).toBe(200);
    const copy = await revise({});
    expect(await list(api, copy.key)).toEqual([]);
    expect(await send(copy.key, token)).toBe(401);
    expect(await handOver(copy.key, token)).toBe(200);

    const rows = async () => {
      const where = `"key" IN ('${workflow.key}', '${copy.key}')`;
      const [found] = await runSql(host, [`SELECT "key", "sealed" FROM "webhookCapturedSecrets" WHERE ${where}`]);
      return found ?? [];
    };
    expect(await rows()).toHaveLength(2);
    expect(JSON.stringify(await rows())).not.toContain(token);
    await api.action('workflows:destroy', {}, { filterByTk: workflow.id });
    expect(await send(workflow.key, token)).toBe(200);
    await api.action('workflows:destroy', {}, { filterByTk: revision.id });
    expect((await rows()).map(({ key }) => key)).toEqual([copy.key]);
  });

  it('counts for its own kind of verification alone', async () => {
    const { id, key } = await create();
    const token = newToken();
    expect(await handOver(key, token)).toBe(200);
    await confirm(api, (await list(api, key))[0]!.id);
    const config = { auth: { type: 'token', in: 'header', name: 'x-key', secrets: [] } };
    await api.action('workflows:update', { config }, { filterByTk: id });
    expect(await post(key, EVENT, { 'x-key': token })).toBe(401);
  });

  it('is counted once, however often and however many times at once it comes', async () => {
    const { key } = await create();
    const token = newToken();
    const statuses = await Promise.all(Array.from({ length: 8 }, () => handOver(key, token)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await list(api, key)).toHaveLength(1);
  });

  it('is not pushed out by a flood, which is cut', async () => {
    const { key } = await create();
    const real = newToken();
    const statuses: number[] = [];
    for (let turn = 0; turn < MAX_UNCONFIRMED + 4; turn++) {
      statuses.push(await handOver(key, newToken(), '203.0.113.66'));
    }
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(statuses.slice(10)).toEqual([429, 429, 429, 429]);
    expect(await handOver(key, real)).toBe(200);
    for (let turn = 0; turn < MAX_UNCONFIRMED; turn++) {
      await handOver(key, newToken(), '203.0.113.67');
    }
    const found = await list(api, key);
    expect(found).toHaveLength(MAX_UNCONFIRMED);
    expect(found.map(({ secret }) => secret)).toContain(real);
    expect(Math.max(...found.map(({ replaced }) => replaced))).toBeGreaterThan(0);
    // Calls that are verified by a secret of another webhook from the flood's address are not what is cut.
    const other = await create([real]);
    expect(await send(other.key, real)).toBe(200);
  });

  it('can not be what refers to a variable, or nothing at all', async () => {
    const name = unique('WEBHOOK_');
    await api.action('environmentVariables:create', { name, type: 'secret', value: 'of others' });
    const { key } = await create();
    for (const token of [`{{$env.${name}}}`, '', '  ', 'x'.repeat(3_000)]) {
      const body = JSON.stringify({ verification_token: token });
      const answer = await fetch(webhook(key), { method: 'POST', body, headers: JSON_TYPE });
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
        401,
        expect.stringMatching(/^Webhook-Signature realm=/),
      ]);
    }
    expect(await list(api, key)).toEqual([]);
  });

  it('is confirmed with others up to a bound, as every call is tried with each', async () => {
    const { key } = await create();
    await handOver(key, newToken());
    const columns = '"id", "key", "use", "sealed", "fingerprint", "capturedAt", "confirmedAt", "replaced"';
    const rows = Array.from(
      { length: MAX_CONFIRMED },
      () => `('${randomUUID()}', '${key}', '[]', 'v1.x', '${randomUUID()}', 1, 1, 0)`,
    );
    await runSql(host, [`INSERT INTO "webhookCapturedSecrets" (${columns}) VALUES ${rows}`]);
    const waiting = (await list(api, key)).find(({ confirmedAt }) => confirmedAt === null)!;
    await expect(confirm(api, waiting.id)).rejects.toThrow(`answered 409`);
  });

  it('is written down nowhere else', async () => {
    const { key } = await create();
    const token = newToken();
    expect(await handOver(key, token)).toBe(200);
    await confirm(api, (await list(api, key))[0]!.id);
    expect(await send(key, token)).toBe(200);
    await loggedDeliveries(api, key, 2);
    const filter = JSON.stringify({ key });
    const deliveries = await api.get<{ id: string }[]>('webhookDeliveries:list', { filter });
    const shown = await Promise.all(deliveries.map(({ id }) => api.get('webhookDeliveries:get', { filterByTk: id })));
    expect(JSON.stringify(shown)).toContain('[redacted]');
    expect(JSON.stringify(shown)).not.toContain(token);
  });

  it('is nobody else’s to see: no API but its own leads to the table', async () => {
    const { key } = await create();
    const token = newToken();
    await handOver(key, token);
    const [{ id }] = (await list(api, key)) as [CapturedSecret];
    const paths = ['get', 'update', 'create', 'destroy', 'firstOrCreate', 'updateOrCreate', 'export', 'set', 'add'];
    for (const action of paths) {
      const init = { method: 'POST', json: { key, sealed: 'v1.x', confirmedAt: 1 } };
      const answer = await api.request(`webhookCapturedSecrets:${action}?filterByTk=${id}`, init);
      expect([action, answer.status >= 400]).toEqual([action, true]);
      expect(await answer.text()).not.toContain(token);
    }
    const anonymous = await fetch(`${api.base}webhookCapturedSecrets:list?key=${key}`);
    expect(anonymous.status).toBe(401);
    expect(await anonymous.text()).not.toContain(token);
    expect((await api.request(`webhookCapturedSecrets:list`)).status).toBe(400);
    expect((await api.request(`webhookCapturedSecrets:confirm?filterByTk=1`, { method: 'POST' })).status).toBe(404);
    expect((await list(api, key))[0]).toMatchObject({ confirmedAt: null });
  });

  it('is shown for a day, and can be confirmed after that', async () => {
    const { key } = await create();
    const token = newToken();
    await handOver(key, token);
    await runSql(host, [
      `UPDATE "webhookCapturedSecrets" SET "capturedAt" = "capturedAt" - 86400001 WHERE "key" = '${key}'`,
    ]);
    const [found] = await list(api, key);
    expect(found).toMatchObject({ secret: null });
    await confirm(api, found!.id);
    expect(await send(key, token)).toBe(200);
  });
});

// What the database holds is bound to its row: whoever can write there gains nothing by moving it.
it.each(DIALECTS.slice(0, 1))('a captured secret opens in its own row only', async (dialect) => {
  const host = sharedHost(dialect);
  const create = () => createWebhook(host.api, { auth: { type: 'provider', provider: 'notion', secrets: [] } });
  const [mine, theirs] = [await create(), await create()];
  for (const { key } of [mine, theirs]) {
    const body = JSON.stringify({ verification_token: newToken() });
    expect((await fetch(host.webhook(key), { method: 'POST', body, headers: JSON_TYPE })).status).toBe(200);
  }
  await runSql(host, [`UPDATE "webhookCapturedSecrets" SET "key" = '${mine.key}' WHERE "key" = '${theirs.key}'`]);
  const found = await list(host.api, mine.key);
  expect(found.map(({ secret }) => secret !== null).sort()).toEqual([false, true]);
});
