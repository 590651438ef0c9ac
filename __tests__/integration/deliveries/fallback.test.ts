import { join } from 'node:path';
import { readEvidence } from '../../../scripts/crash/evidence';
import type { Host } from '../../../scripts/host';
import { ownHost } from '../../support/hosts';
import { DIALECTS } from '../../support/shared';
import { addNode, createWebhook, finishedExecutions, waitFor } from '../../support/workflows';

jest.setTimeout(300_000);

const CHANGED_ENGINE = join(__dirname, 'support', 'changedEngine.cjs');

/** Milliseconds within which all that was left behind must be done. */
const SETTLE_MS = 60_000;

interface DeliveryRecord {
  id: string;
  status: string;
  executionId: number | null;
  executionIds: number[] | null;
}

describe.each(DIALECTS)('where the engine lacks what deliveries are started with, on %s', (dialect) => {
  let host: Host;

  beforeAll(async () => {
    host = await ownHost({ dialect, env: { NODE_OPTIONS: `--require ${CHANGED_ENGINE}` } });
  });
  afterAll(() => host.remove());

  const post = async (key: string, body: unknown) => {
    const answer = await fetch(`${host.url}${host.apiPath}webhooks/${key}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
    return { status: answer.status, text: await answer.text() };
  };

  const deliveriesOf = (key: string) =>
    host.api.get<DeliveryRecord[]>('webhookDeliveries:list', { filter: JSON.stringify({ key }), pageSize: 200 });

  const ended = (key: string, count: number) =>
    waitFor(`${count} ended deliveries of ${key}`, SETTLE_MS, async () => {
      const rows = await deliveriesOf(key);
      return rows.length === count && rows.every(({ status }) => !['received', 'started'].includes(status)) && rows;
    });

  it('says so, by name', () => {
    expect(host.log()).toMatch(
      /lacks what webhook deliveries are started with \(Plugin\.createProcessor, getExecutionLockKey\)/,
    );
  });

  it('runs each once, and follows it to its end', async () => {
    const { key } = await createWebhook(host.api);
    const answers = await Promise.all(Array.from({ length: 30 }, (_none, number) => post(key, { number })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const rows = await ended(key, 30);
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['succeeded']));
    const executions = await finishedExecutions(host.api, key, 30);
    expect(executions.map(({ id, eventKey }) => `${eventKey} ${id}`).sort()).toEqual(
      rows.map(({ id, executionId }) => `${id} ${executionId}`).sort(),
    );
  });

  it('follows one that fails', async () => {
    const workflow = await createWebhook(host.api, {}, { enabled: false });
    await addNode(host.api, workflow, { type: 'end', config: { endStatus: -1 } });
    await host.api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
    await post(workflow.key, {});
    expect(await ended(workflow.key, 1)).toMatchObject([{ status: 'failed' }]);
  });

  it('tries one again that fails, with an execution for each attempt', async () => {
    const retry = { times: 2, backoff: 1 };
    const workflow = await createWebhook(host.api, { retry }, { enabled: false });
    await addNode(host.api, workflow, { type: 'end', config: { endStatus: -1 } });
    await host.api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
    await post(workflow.key, { number: 1 });
    const [row] = await ended(workflow.key, 1);
    expect(row).toMatchObject({ status: 'failed', attempts: 3, nextAttemptAt: null });
    const executions = (await finishedExecutions(host.api, workflow.key, 3)).reverse();
    expect(executions.map(({ eventKey }) => eventKey)).toEqual([row?.id, `${row?.id}#2`, `${row?.id}#3`]);
    expect(row?.executionIds?.map(Number)).toEqual(executions.map(({ id }) => Number(id)));
  });

  it('answers a caller who waits with values of the run', async () => {
    const workflow = await createWebhook(host.api, {}, { sync: true, enabled: false });
    const config = { engine: 'math.js', expression: '6 * {{$context.data.number}}' };
    const node = await addNode(host.api, workflow, { type: 'calculation', config });
    const response = {
      status: 200,
      contentType: 'application/json',
      headers: [],
      body: { answer: `{{$jobsMapByNodeKey.${node.key}}}` },
    };
    await host.api.action('workflows:update', { config: { response }, enabled: true }, { filterByTk: workflow.id });
    expect(await post(workflow.key, { number: 7 })).toEqual({ status: 200, text: '{"answer":42}' });
    expect(await ended(workflow.key, 1)).toMatchObject([{ status: 'succeeded' }]);
  });

  it('answers a caller who waits with what a response node says', async () => {
    const workflow = await createWebhook(host.api, {}, { sync: true, enabled: false });
    const body = { number: '{{$context.data.number}}' };
    await addNode(host.api, workflow, { type: 'webhook-response', config: { status: 201, body, endWorkflow: true } });
    await host.api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
    expect(await post(workflow.key, { number: 7 })).toEqual({ status: 201, text: '{"number":7}' });
    expect(await ended(workflow.key, 1)).toMatchObject([{ status: 'succeeded' }]);
  });

  it('fails a run whose answer can not be sent', async () => {
    const response = { status: '{{$context.data.number}}', contentType: 'text/plain', headers: [], body: 'x' };
    const { key } = await createWebhook(host.api, { response }, { sync: true });
    expect((await post(key, { number: 7 })).status).toBe(500);
    expect(await ended(key, 1)).toMatchObject([
      { status: 'failed', reason: expect.stringContaining('the status of the answer would be 7') },
    ]);
  });

  it('runs each once that a killed process had not come to', async () => {
    const { key } = await createWebhook(host.api);
    const numbers = Array.from({ length: 80 }, (_none, number) => number);
    const answers = await Promise.all(numbers.map((number) => post(key, { number })));
    await host.kill();
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    // Else there is nothing to be found again.
    expect((await readEvidence(host, key)).executions.size).toBeLessThan(numbers.length);
    await host.start();
    const { executions } = await waitFor('all to be executed', SETTLE_MS, async () => {
      const found = await readEvidence(host, key);
      const { received = 0, started = 0 } = found.deliveries;
      // One that the engine had in hand when it was killed is left by it as it is.
      return received === 0 && started <= 1 && found;
    });
    expect([...executions.keys()].sort((a, b) => a - b)).toEqual(numbers);
    expect([...executions.values()].filter(({ count }) => count !== 1)).toEqual([]);
  });
});
