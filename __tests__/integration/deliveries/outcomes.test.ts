import { v7 } from 'uuid';
import type { Host } from '../../../scripts/host';
import { runSql } from '../../../scripts/host/sql';
import type { WebhookConfigInput } from '../../../src/common/config';
import type { InterruptionPolicy } from '../../../src/common/deliveries';
import type { DeliverySummary, EndpointSummary, ReplayJob } from '../../../src/common/deliveriesApi';
import { Gates, type Gate } from '../../support/gates';
import { ownHost } from '../../support/hosts';
import { DIALECTS, type TestDialect } from '../../support/shared';
import { addNode, createWebhook, finishedExecutions, waitFor, type WorkflowRecord } from '../../support/workflows';
import { told } from '../../support/reasons';

jest.setTimeout(300_000);

/** Above all the minute that passes between a start and the first look at what is past its retention. */
const SETTLE_MS = 120_000;

/** How an execution ended, in NocoBase's figures. */
const [RESOLVED, ABORTED] = [1, -3];
/** Deliveries that are replayed between two looks whether to stop; many more than that. */
const [BATCH, MANY] = [50, 5_000];

const HOUR = { type: 'delay', config: { unit: 3_600_000, duration: 1, endStatus: 1 } };
const TIMED_OUT = { reason: 'The workflow took longer than its own time-out.', finishedAt: expect.any(String) };

const list = ({ api }: Host, ...keys: string[]) =>
  api
    .get<DeliverySummary[]>('webhookDeliveries:list', { filter: JSON.stringify({ 'key.$in': keys }), sort: 'id' })
    .then(told);
const statuses = async (host: Host, ...keys: string[]) => (await list(host, ...keys)).map(({ status }) => status);
/** The webhook's deliveries, oldest first, as soon as their statuses are these. */
const until = (host: Host, key: string, ...wanted: string[]) =>
  waitFor(`deliveries that are ${wanted.join(', ')}`, SETTLE_MS, async () => {
    const rows = await list(host, key);
    return rows.map(({ status }) => status).join() === wanted.join() && rows;
  });

const call = (host: Host, key: string, body: object = {}, headers: Record<string, string> = {}) =>
  fetch(`${host.url}${host.apiPath}webhooks/${key}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

const turn = ({ api }: Host, to: 'pause' | 'resume', key: string) =>
  api.action(`webhookEndpoints:${to}`, {}, { filterByTk: key });

interface WorkflowSettings {
  config?: WebhookConfigInput;
  sync?: boolean;
  timeout?: number;
}

/** An enabled webhook with this node. */
async function workflowWith(
  { api }: Host,
  node: Parameters<typeof addNode>[2],
  { config = {}, sync = false, timeout }: WorkflowSettings = {},
): Promise<WorkflowRecord> {
  const workflow = await createWebhook(api, config, { sync, enabled: false });
  await addNode(api, workflow, node);
  await api.action('workflows:update', { enabled: true, options: { timeout } }, { filterByTk: workflow.id });
  return workflow;
}

const webhookWith = async (...args: Parameters<typeof workflowWith>) => (await workflowWith(...args)).key;

/** Whose answer tells which delivery it is about. */
const REPEATED: WebhookConfigInput = {
  dedupe: { key: 'json:id', window: 86_400, onFailed: 'answer' },
  response: { status: 201, body: '{"was":"{{$context.deliveryId}}"}', onFailure: null },
};

let gates: Gates;
const restarted = new Map<TestDialect, Awaited<ReturnType<typeof restart>>>();

// Side by side, and before all else: the minute until retention is waited for once, and the other tests fill it.
beforeAll(async () => {
  gates = await Gates.start();
  await Promise.all(DIALECTS.map(async (dialect) => restarted.set(dialect, await restart(await ownHost({ dialect })))));
});
afterAll(async () => {
  await Promise.all([...restarted.values()].map(({ host }) => host.remove()));
  await gates.stop();
});

/** Kills a NocoBase that has deliveries of every kind, lets some grow old, and starts it again. */
async function restart(host: Host) {
  const { key: ended } = await createWebhook(host.api, {
    auth: { type: 'token', in: 'header', name: 'x-key', secrets: ['s3cret-token'] },
    dedupe: { key: 'json:id', window: 60 },
  });
  for (const token of ['s3cret-token', 's3cret-token', 'another-token']) {
    await call(host, ended, { id: 1 }, { 'x-key': token });
  }
  await until(host, ended, 'succeeded', 'duplicate', 'rejected');
  const { key: held } = await createWebhook(host.api);
  await turn(host, 'pause', held);
  const waiting = await webhookWith(host, HOUR);
  const late = await webhookWith(host, HOUR, { timeout: 3_600_000 });
  const { key: deletedUnstarted } = await createWebhook(host.api);
  await turn(host, 'pause', deletedUnstarted);
  const deletedWaiting = await webhookWith(host, HOUR);
  const deleted = [deletedUnstarted, deletedWaiting];
  for (const key of [held, waiting, late, ...deleted]) {
    await call(host, key);
  }
  await waitFor('those that wait to be let go of', SETTLE_MS, async () => {
    const sql = `SELECT id FROM "webhookDeliveries" WHERE status = 'started' AND owner IS NULL`;
    return (await runSql(host, [sql]))[0]?.length === 3;
  });
  const cutOff = { mark: await gated(host, 'mark', true), resume: await gated(host, 'resume', true) };
  const changed = {
    // In the background: on SQLite no more than four callers have a run at once.
    disabled: await gated(host, 'mark', false),
    relaxed: await gated(host, 'mark', false, 'resume'),
    tightened: await gated(host, 'resume', false, 'mark'),
  };
  const busy = Object.values({ ...cutOff, ...changed });
  await Promise.all(busy.map((one) => beginsRun(host, one)));
  await Promise.all(Object.values(changed).map(({ change }) => change()));
  await host.kill();
  const expire = `SET "expiresAt" = '2001-01-01 00:00:00' WHERE "key" IN`;
  await runSql(host, [
    `UPDATE "webhookDeliveries" ${expire} ('${ended}', '${held}', '${waiting}')`,
    `UPDATE executions ${expire} ('${late}')`,
    ...deleted.map((key) => `DELETE FROM workflows WHERE "key" = '${key}'`),
  ]);
  busy.forEach(({ gate }) => gate.open());
  await host.start();
  return { host, ended, held, waiting, late, deleted, cutOff, changed };
}

/** A webhook whose runs stay in their node; to be switched off, or changed for a version that would resume or mark them. */
async function gated(host: Host, onInterruption: InterruptionPolicy, sync: boolean, then?: InterruptionPolicy) {
  const gate = gates.gate();
  const settings = { sync, config: { onInterruption, ...REPEATED } };
  const { id, key } = await workflowWith(host, gate.node, settings);
  const update = (filterByTk: number, values: object) => host.api.action('workflows:update', values, { filterByTk });
  if (!then) {
    return { key, gate, change: () => update(id, { enabled: false }) };
  }
  const filter = JSON.stringify({ key });
  const version = await host.api.action<{ id: number }>('workflows:revision', {}, { filterByTk: id, filter });
  await update(version.id, { config: { onInterruption: then, ...REPEATED } });
  return { key, gate, change: () => update(version.id, { enabled: true, current: true }) };
}

async function beginsRun(host: Host, { key, gate }: { key: string; gate: Gate }): Promise<void> {
  void call(host, key, { id: 1 }).catch(() => 'cut off too');
  await waitFor('the run to be busy', SETTLE_MS, () => Promise.resolve(gate.calls() === 1));
}

describe.each(DIALECTS)('a delivery on %s', (dialect) => {
  const left = () => restarted.get(dialect)!;
  let host: Host;
  beforeAll(() => ({ host } = left()));

  it.each([
    ['interrupted', 'mark', { reason: 'NocoBase ended while it ran.' }, ABORTED, 1],
    ['succeeded', 'resume', { reason: null }, RESOLVED, 2],
  ] as const)('that was cut off in a run ends as %s under `%s`', async (status, policy, row, execution, calls) => {
    const { key, gate } = left().cutOff[policy];
    expect(await until(host, key, status)).toMatchObject([row]);
    expect(await finishedExecutions(host.api, key)).toMatchObject([{ status: execution }]);
    expect(gate.calls()).toBe(calls);
    // Its caller was cut off as well: a repeat is told what the run came to.
    const [{ id } = { id: '' }] = await list(host, key);
    const repeat = await call(host, key, { id: 1 });
    expect([repeat.status, await repeat.json()]).toEqual(
      policy === 'resume' ? [201, { was: id }] : [500, expect.objectContaining({ errors: expect.any(Array) })],
    );
    expect(await finishedExecutions(host.api, key)).toHaveLength(1);
  });

  it.each([
    ['its webhook has been switched off', 'disabled', 'interrupted', 1],
    ['a newer version says otherwise', 'relaxed', 'interrupted', 1],
    ['a newer version says not to', 'tightened', 'succeeded', 2],
  ] as const)('that was cut off ends as its own version says, where %s', async (_what, which, status, calls) => {
    const { key, gate } = left().changed[which];
    await until(host, key, status);
    expect(gate.calls()).toBe(calls);
  });

  it('whose workflow was deleted while nobody listened is cancelled', async () => {
    for (const key of left().deleted) {
      expect(await until(host, key, 'cancelled')).toMatchObject([{ reason: 'Its workflow was deleted.' }]);
    }
  });

  it('whose time-out passes while NocoBase is down has timed out', async () => {
    expect(await until(host, left().late, 'timedOut')).toMatchObject([TIMED_OUT]);
    expect(await finishedExecutions(host.api, left().late)).toMatchObject([{ status: ABORTED }]);
  });

  it.each([
    ['waits for an hour', false, () => HOUR, 200],
    ['waits for a server that does not answer', false, () => gates.gate().node, 200],
    ['keeps its caller waiting for such a server', true, () => gates.gate().node, 500],
  ] as const)('whose run %s past its time-out has timed out', async (_what, sync, node, answer) => {
    const key = await webhookWith(host, node(), { sync, timeout: 1_000 });
    expect((await call(host, key)).status).toBe(answer);
    expect(await until(host, key, 'timedOut')).toMatchObject([TIMED_OUT]);
    expect(await finishedExecutions(host.api, key)).toMatchObject([{ status: ABORTED }]);
  });

  it('whose caller waits is refused while its webhook is paused, and taken after that', async () => {
    const { key } = await createWebhook(host.api, {}, { sync: true });
    await turn(host, 'pause', key);
    const refused = await call(host, key);
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ errors: [{ code: 'OVERLOADED' }] });
    await turn(host, 'resume', key);
    expect((await call(host, key)).status).toBe(200);
  });

  it('that nobody waits for is taken and held while its webhook is paused, and started after that', async () => {
    const [{ key }, { key: other }] = [await createWebhook(host.api), await createWebhook(host.api)];
    await turn(host, 'pause', key);
    expect([(await call(host, key)).status, (await call(host, key)).status]).toEqual([200, 200]);
    // One of another webhook that came later is over: these would be too.
    await call(host, other);
    await until(host, other, 'succeeded');
    expect(await statuses(host, key)).toEqual(['received', 'received']);
    await turn(host, 'resume', key);
    await until(host, key, 'succeeded', 'succeeded');
  });

  it.each([
    ['a header', 'header:x-id', false],
    ['the body', 'json:order.id', false],
    ['the body, while callers wait', 'json:order.id', true],
  ] as const)('that is a repeat by %s says of which, and by what key', async (_what, key, sync) => {
    const workflow = await createWebhook(host.api, { dedupe: { key, window: 60 } }, { sync });
    const send = () => call(host, workflow.key, { order: { id: 'A-1' } }, { 'x-id': 'A-1' });
    expect([(await send()).status, (await send()).status]).toEqual([200, 200]);
    const [first, repeat] = await until(host, workflow.key, 'succeeded', 'duplicate');
    expect(first).toMatchObject({ dedupeKey: 'A-1', reason: null });
    expect(repeat).toMatchObject({ dedupeKey: 'A-1', reason: `It is a repeat of ${first?.id}.`, executionId: null });
  });

  it('is replayed with others one selection at a time, until that is stopped', async () => {
    const [many, few] = [await recorded(MANY), await recorded(3 * BATCH)];
    const replayMany = (key: string) => host.api.action<ReplayJob>('webhookDeliveries:replayMany', { filter: { key } });
    const progress = ({ id }: ReplayJob) =>
      host.api.get<ReplayJob>('webhookDeliveries:replayProgress', { filterByTk: id });
    const job = await replayMany(many);
    expect(job).toMatchObject({ status: 'running', total: MANY });
    await expect(replayMany(few)).rejects.toThrow(/ 409: .*Another replay of many is under way/);
    await waitFor('the first batch', SETTLE_MS, async () => (await progress(job)).replayed > 0);
    const stopped = await host.api.action<ReplayJob>('webhookDeliveries:stopReplay', {}, { filterByTk: job.id });
    expect(stopped).toMatchObject({ status: 'stopped', total: MANY, failed: 0 });
    // Three batches of another one: time enough for the first to do more than it may.
    const next = await replayMany(few);
    await waitFor('the next one', SETTLE_MS, async () => (await progress(next)).status === 'finished');
    const end = await waitFor('the progress to say all that was replayed', SETTLE_MS, async () => {
      const [endpoint] = await host.api.get<EndpointSummary[]>('webhookEndpoints:list', { key: many });
      const now = await progress(job);
      return endpoint?.counts.received === now.replayed && now;
    });
    expect(end.status).toBe('stopped');
    expect(end.replayed).toBeLessThanOrEqual(stopped.replayed + BATCH);
  });

  /** A webhook with so many deliveries in its log. It is paused: their replays are stored, and no more. */
  async function recorded(count: number): Promise<string> {
    const { id, key } = await createWebhook(host.api);
    await turn(host, 'pause', key);
    const rows = Array.from({ length: count }, () => `('${v7()}', '${key}', ${id}, 'succeeded', 'POST', '{}')`);
    const insert = `INSERT INTO "webhookDeliveries" ("id", "key", "workflowId", "status", "method", "headers")`;
    await runSql(host, [`${insert} VALUES ${rows.join()}`]);
    return key;
  }

  it('that is past its retention is gone after a start, unless something is still before it', async () => {
    const { ended, held, waiting, cutOff } = left();
    await waitFor('those that ended to be gone', SETTLE_MS, async () => (await list(host, ended)).length === 0);
    const cut = await statuses(host, held, waiting, cutOff.mark.key);
    // And what was answered to the repeat of the interrupted one.
    expect(cut).toEqual(['received', 'started', 'interrupted', 'rejected']);
    await turn(host, 'resume', held);
    await until(host, held, 'succeeded');
  });
});
