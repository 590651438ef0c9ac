import type { WebhookConfigInput } from '../../../src/common/config';
import { runSql } from '../../../scripts/host/sql';
import { Gates } from '../../support/gates';
import { onEveryDatabase, type TestHost } from '../../support/hosts';
import { addNode, createWebhook, finishedExecutions, waitFor, type WorkflowRecord } from '../../support/workflows';
import { told } from '../../support/reasons';

jest.setTimeout(120_000);

const SETTLE_MS = 60_000;

const HOUR = { type: 'delay', config: { unit: 3_600_000, duration: 1, endStatus: 1 } };
const ABORTED = -3;
const DELETED = 'Its workflow was deleted.';

interface Row {
  id: string;
  status: string;
  reason: string | null;
}

let gates: Gates;

beforeAll(async () => {
  gates = await Gates.start();
});
afterAll(() => gates.stop());

onEveryDatabase('what is cancelled', (host: TestHost) => {
  const { api } = host;
  const call = async (key: string, body: object = {}) => {
    const answer = await fetch(host.webhook(key), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.text() };
  };
  const list = (key: string) =>
    api.get<Row[]>('webhookDeliveries:list', { filter: JSON.stringify({ key }), sort: 'id' }).then(told);
  const until = async (key: string, ...wanted: string[]): Promise<Row[]> => {
    let rows: Row[] = [];
    const isReached = async () => {
      rows = await list(key);
      return rows.map(({ status }) => status).join() === wanted.join();
    };
    await waitFor('them to end', SETTLE_MS, isReached).catch(() => {
      expect(rows.map(({ status }) => status)).toEqual(wanted);
    });
    return rows;
  };
  const webhook = async (config: WebhookConfigInput, node: Parameters<typeof addNode>[2], sync = false) => {
    const workflow = await createWebhook(api, config, { enabled: false, sync });
    await addNode(api, workflow, node);
    await api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
    return workflow;
  };
  const remove = ({ id }: Pick<WorkflowRecord, 'id'>) => api.action('workflows:destroy', {}, { filterByTk: id });
  const pause = (key: string) => api.action('webhookEndpoints:pause', {}, { filterByTk: key });
  /** Resolves once so many runs of a webhook wait, owned by nobody. */
  const waits = (key: string, count = 1) =>
    waitFor('runs that wait', SETTLE_MS, async () => {
      const sql = `SELECT id FROM "webhookDeliveries" WHERE "key" = '${key}' AND status = 'started' AND owner IS NULL`;
      return (await runSql(host, [sql]))[0]?.length === count;
    });

  it('of a deleted workflow is what waits to be started, for good', async () => {
    const workflow = await createWebhook(api);
    const { key } = workflow;
    await pause(key);
    for (const n of [1, 2, 3]) {
      expect((await call(key, { n })).status).toBe(200);
    }
    await remove(workflow);
    const rows = await until(key, 'cancelled', 'cancelled', 'cancelled');
    expect(rows.map(({ reason }) => reason)).toEqual([DELETED, DELETED, DELETED]);
    const [left] = await runSql(host, [
      `SELECT id FROM "webhookDeliveries" WHERE "key" = '${key}' AND (context IS NOT NULL OR "finishedAt" IS NULL)`,
    ]);
    expect(left).toHaveLength(0);
  });

  it('of a deleted workflow is a run that waits, and its execution', async () => {
    const workflow = await webhook({}, HOUR);
    const { key } = workflow;
    await call(key);
    await waits(key);
    await remove(workflow);
    expect(await until(key, 'cancelled')).toMatchObject([{ reason: DELETED }]);
    expect(await finishedExecutions(api, key)).toMatchObject([{ status: ABORTED }]);
  });

  it('of a deleted workflow is what is behind a run, which goes on to its end', async () => {
    const gate = gates.gate();
    const workflow = await webhook({ concurrency: 1 }, gate.node, true);
    const { key } = workflow;
    const first = call(key);
    await waitFor('the run to be busy', SETTLE_MS, () => Promise.resolve(gate.calls() === 1));
    await remove(workflow);
    gate.open();
    expect((await first).status).toBe(200);
    await until(key, 'succeeded');
  });

  it('of a deleted workflow is a run that comes back from a call of its own', async () => {
    const gate = gates.gate();
    const workflow = await webhook({ concurrency: 1 }, gate.node);
    const { key } = workflow;
    await call(key);
    await call(key);
    await waitFor('the call', SETTLE_MS, () => Promise.resolve(gate.calls() === 1));
    await remove(workflow);
    gate.open();
    expect(await until(key, 'cancelled', 'cancelled')).toMatchObject([{ reason: DELETED }, { reason: DELETED }]);
    expect(gate.calls()).toBe(1);
  });

  it('of a deleted version are the runs that wait in it, and no other’s', async () => {
    const workflow = await webhook({}, HOUR);
    const { key } = workflow;
    await call(key);
    await waits(key);
    const filter = JSON.stringify({ key });
    const version = await api.action<WorkflowRecord>('workflows:revision', {}, { filterByTk: workflow.id, filter });
    await api.action('workflows:update', { enabled: true, current: true }, { filterByTk: version.id });
    await call(key);
    await waits(key, 2);
    await pause(key);
    await call(key);
    await until(key, 'started', 'started', 'received');
    await remove(workflow);
    await until(key, 'cancelled', 'started', 'received');
    await remove(version);
    await until(key, 'cancelled', 'cancelled', 'cancelled');
  });

  it.each(['rerun', 'answer'] as const)('counts as failed for what repeats it: %s', async (onFailed) => {
    const { key } = await createWebhook(api, {
      dedupe: { key: 'json:id', window: 60, onFailed },
      response: { status: 201, body: '{"was":"{{$context.deliveryId}}"}', onFailure: null },
    });
    await pause(key);
    const answers = [await call(key, { id: 1 })];
    const [first] = await until(key, 'received');
    await api.action('webhookDeliveries:cancel', {}, { filterByTk: first?.id ?? '' });
    answers.push(await call(key, { id: 1 }));
    const [, second] = await until(key, 'cancelled', onFailed === 'rerun' ? 'received' : 'duplicate');
    const told = onFailed === 'rerun' ? second : first;
    expect(answers.map(({ body }) => JSON.parse(body) as unknown)).toEqual([{ was: first?.id }, { was: told?.id }]);
  });
});
