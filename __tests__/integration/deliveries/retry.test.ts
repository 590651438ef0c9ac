import type { Host } from '../../../scripts/host';
import { runSql } from '../../../scripts/host/sql';
import type { RetryConfig, WebhookConfigInput } from '../../../src/common/config';
import type { DeliverySummary } from '../../../src/common/deliveriesApi';
import { Flaky } from '../../support/flaky';
import { ownHost, unique } from '../../support/hosts';
import { DIALECTS } from '../../support/shared';
import { addNode, createWebhook, listExecutions, waitFor, type WorkflowRecord } from '../../support/workflows';

jest.setTimeout(300_000);

const SETTLE_MS = 60_000;

/** Tried again for a day: a wait that no test sees the end of. */
const LATER = 86_400;

let flaky: Flaky;
beforeAll(async () => {
  flaky = await Flaky.start();
});
afterAll(() => flaky.stop());

describe.each(DIALECTS)('a run that failed is tried again, on %s', (dialect) => {
  let host: Host;
  beforeAll(async () => {
    host = await ownHost({ dialect });
  });
  afterAll(() => host.remove());

  /** An enabled webhook whose runs call the flaky service. */
  async function webhook(
    retry: Partial<RetryConfig> | null,
    config: WebhookConfigInput = {},
    { sync = false, timeout }: { sync?: boolean; timeout?: number } = {},
  ): Promise<WorkflowRecord> {
    const workflow = await createWebhook(host.api, { ...config, retry }, { sync, enabled: false });
    await addNode(host.api, workflow, flaky.node());
    await host.api.action('workflows:update', { enabled: true, options: { timeout } }, { filterByTk: workflow.id });
    return workflow;
  }

  const call = (key: string, n: string) =>
    fetch(`${host.url}${host.apiPath}webhooks/${key}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ n }),
    });

  const list = (key: string) =>
    host.api.get<DeliverySummary[]>('webhookDeliveries:list', { filter: JSON.stringify({ key }), sort: 'id' });

  const until = (key: string, ...wanted: string[]) =>
    waitFor(`deliveries that are ${wanted.join(', ')}`, SETTLE_MS, async () => {
      const rows = await list(key);
      return rows.map(({ status }) => status).join() === wanted.join() && rows;
    });

  /** The first delivery, as soon as it waits to be tried again after so many attempts. */
  const waiting = (key: string, attempts = 1) =>
    waitFor('a delivery that waits to be tried again', SETTLE_MS, async () => {
      const [row] = await list(key);
      return row?.status === 'received' && row.nextAttemptAt !== null && row.attempts === attempts && row;
    });

  const cancel = (id: string) =>
    host.api.action<{ cancelled: boolean }>('webhookDeliveries:cancel', {}, { filterByTk: id });

  it('until it succeeds: in the same row, with an execution for each attempt', async () => {
    const n = unique();
    flaky.plan(n, 'fails', 'fails');
    const { key } = await webhook({ times: 3, backoff: 1 });
    expect((await call(key, n)).status).toBe(200);
    const held = await waiting(key);
    expect(held.reason).toMatch(/^attempt 1 of 4 ended as failed: /);
    expect(Date.parse(held.nextAttemptAt ?? '')).toBeGreaterThan(Date.parse(held.receivedAt) + 999);
    const [row] = await until(key, 'succeeded');
    expect(row).toMatchObject({ attempts: 3, nextAttemptAt: null, reason: null, responseStatus: 200 });
    const executions = (await listExecutions(host.api, key)).reverse();
    expect(executions.map(({ eventKey, status }) => [eventKey, status])).toEqual([
      [row?.id, -1],
      [`${row?.id}#2`, -1],
      [`${row?.id}#3`, 1],
    ]);
    expect(row?.executionIds?.map(Number)).toEqual(executions.map(({ id }) => Number(id)));
    expect(Number(row?.executionId)).toBe(Number(executions.at(-1)?.id));
    // Each saw the same.
    expect(new Set(executions.map(({ context }) => JSON.stringify(context))).size).toBe(1);
    expect(flaky.callsOf(n)).toHaveLength(3);
  });

  it('as often as its maker says, and no oftener', async () => {
    const n = unique();
    flaky.plan(n, 'fails', 'fails', 'fails', 'fails');
    const { key } = await webhook({ times: 1, backoff: 0 });
    await call(key, n);
    const [row] = await until(key, 'failed');
    expect(row).toMatchObject({ attempts: 2, nextAttemptAt: null, reason: 'execution ended as FAILED' });
    expect(row?.executionIds).toHaveLength(2);
    await host.api.action('webhookDeliveries:erase', { execution: true }, { filterByTk: row?.id ?? '' });
    expect((await listExecutions(host.api, key)).map(({ context }) => context)).toEqual([{}, {}]);
  });

  it.each([
    ['nothing is set', null],
    ['another outcome is', { times: 3, backoff: 0, on: ['timedOut' as const] }],
  ])('not where %s', async (_what, retry) => {
    const n = unique();
    flaky.plan(n, 'fails');
    const { key } = await webhook(retry);
    await call(key, n);
    expect(await until(key, 'failed')).toMatchObject([{ attempts: 1 }]);
  });

  it('before what is behind it, where runs go one by one', async () => {
    const [a, b, c] = [unique(), unique(), unique()] as const;
    flaky.plan(a, 'fails', 'fails');
    flaky.plan(b, 'fails');
    const { key } = await webhook({ times: 3, backoff: 1 });
    for (const n of [a, b, c]) {
      await call(key, n);
    }
    await until(key, 'succeeded', 'succeeded', 'succeeded');
    expect(flaky.callsOf(a, b, c)).toEqual([a, a, a, b, b, c]);
  });

  it('while others run, where they go side by side', async () => {
    const [a, b, c] = [unique(), unique(), unique()] as const;
    flaky.plan(a, 'fails');
    const { key } = await webhook({ times: 3, backoff: LATER }, { concurrency: 4 });
    await call(key, a);
    const { id } = await waiting(key);
    await call(key, b);
    await call(key, c);
    await until(key, 'received', 'succeeded', 'succeeded');
    await due(id);
    await until(key, 'succeeded', 'succeeded', 'succeeded');
    const calls = flaky.callsOf(a, b, c);
    expect([calls[0], calls[1] === a, calls[3]]).toEqual([a, false, a]);
  });

  /** Has it wait no longer. */
  const due = (id: string) =>
    runSql(host, [`UPDATE "webhookDeliveries" SET "nextAttemptAt" = '2001-01-01 00:00:00' WHERE "id" = '${id}'`]);

  it('behind its caller, who is told of the first failure at once; who repeats it gets what comes of it', async () => {
    const n = unique();
    flaky.plan(n, 'fails', 'fails', 'hangs');
    const onFailure = { status: 502, contentType: 'application/json', headers: [], body: { failed: true } };
    const { key } = await webhook(
      { times: 3, backoff: 1 },
      {
        dedupe: { key: 'json:n' },
        response: { status: 201, contentType: 'application/json', headers: [], body: { ran: true }, onFailure },
      },
      { sync: true },
    );
    const first = await call(key, n);
    expect([first.status, await first.json()]).toEqual([502, { failed: true }]);
    await waiting(key);
    const repeat = call(key, n);
    await waitFor('the last attempt', SETTLE_MS, () => Promise.resolve(flaky.callsOf(n).length === 3));
    flaky.letGo();
    const answer = await repeat;
    expect([answer.status, await answer.json()]).toEqual([201, { ran: true }]);
    const [row] = await until(key, 'succeeded', 'duplicate');
    expect(row).toMatchObject({ attempts: 3, responseStatus: 502 });
    expect((await call(key, n)).status).toBe(201);
    expect(flaky.callsOf(n)).toHaveLength(3);
  });

  it('and a repeat that it takes too long for is told so, and starts nothing', async () => {
    const n = unique();
    flaky.plan(n, 'fails');
    const { key } = await webhook(
      { times: 3, backoff: LATER },
      { dedupe: { key: 'json:n' }, syncTimeout: 1_000 },
      { sync: true },
    );
    expect((await call(key, n)).status).toBe(500);
    await waiting(key);
    expect((await call(key, n)).status).toBe(408);
    expect(flaky.callsOf(n)).toHaveLength(1);
    expect(await until(key, 'received', 'rejected')).toMatchObject([
      {},
      { reason: expect.stringMatching(/WORKFLOW_TIMEOUT/) as string },
    ]);
  });

  it('unless that is skipped: what is behind it runs then', async () => {
    const [a, b] = [unique(), unique()] as const;
    flaky.plan(a, 'fails');
    const { key } = await webhook({ times: 3, backoff: LATER });
    await call(key, a);
    await call(key, b);
    const { id } = await waiting(key);
    expect(flaky.callsOf(b)).toEqual([]);
    expect(await cancel(id)).toEqual({ cancelled: true });
    expect(await until(key, 'cancelled', 'succeeded')).toMatchObject([
      { reason: 'skipped while it waited to be tried again', attempts: 1, nextAttemptAt: null },
      {},
    ]);
    expect(await cancel(id)).toEqual({ cancelled: false });
  });

  it('not while its webhook is paused', async () => {
    const n = unique();
    flaky.plan(n, 'fails');
    const { key } = await webhook({ times: 3, backoff: LATER });
    const { key: other } = await webhook({ times: 3, backoff: 0 });
    await call(key, n);
    const { id } = await waiting(key);
    await host.api.action('webhookEndpoints:pause', {}, { filterByTk: key });
    await due(id);
    // One of another webhook that failed later is through: this one would be too.
    const m = unique();
    flaky.plan(m, 'fails', 'fails');
    await call(other, m);
    await until(other, 'succeeded');
    expect(flaky.callsOf(n)).toHaveLength(1);
    await host.api.action('webhookEndpoints:resume', {}, { filterByTk: key });
    expect(await until(key, 'succeeded')).toMatchObject([{ attempts: 2 }]);
  });

  it('not while its webhook is switched off, and in the version that is on then', async () => {
    const n = unique();
    flaky.plan(n, 'fails');
    const { id: workflow, key } = await webhook({ times: 3, backoff: LATER });
    await call(key, n);
    const { id } = await waiting(key);
    await host.api.action('workflows:update', { enabled: false }, { filterByTk: workflow });
    await due(id);
    const filter = JSON.stringify({ key });
    const version = await host.api.action<{ id: number }>('workflows:revision', {}, { filterByTk: workflow, filter });
    expect(flaky.callsOf(n)).toHaveLength(1);
    await host.api.action('workflows:update', { enabled: true, current: true }, { filterByTk: version.id });
    const [row] = await until(key, 'succeeded');
    expect([row?.attempts, Number(row?.workflowId)]).toEqual([2, version.id]);
  });

  it('and is cancelled where its workflow is deleted', async () => {
    const n = unique();
    flaky.plan(n, 'fails');
    const { id, key } = await webhook({ times: 3, backoff: LATER });
    await call(key, n);
    await waiting(key);
    await host.api.action('workflows:destroy', {}, { filterByTk: id });
    expect(await until(key, 'cancelled')).toMatchObject([{ reason: 'its workflow was deleted', nextAttemptAt: null }]);
  });

  it('where it took too long for a service that does not answer; what that says then comes too late', async () => {
    const n = unique();
    flaky.plan(n, 'hangs', 'hangs');
    const { key } = await webhook({ times: 2, backoff: 1 }, { concurrency: 2 }, { timeout: 1_000 });
    await call(key, n);
    await waiting(key, 2);
    flaky.letGo();
    const [row] = await until(key, 'succeeded');
    expect(row).toMatchObject({ attempts: 3 });
    expect((await listExecutions(host.api, key)).map(({ status }) => status)).toEqual([1, -3, -3]);
  });

  it('with what it was sent, however much that is', async () => {
    const n = unique();
    flaky.plan(n, 'fails');
    const { key } = await webhook({ times: 1, backoff: 0 });
    const text = `${'long 🚲 '.repeat(5_000)}\u2028"\\`;
    await fetch(`${host.url}${host.apiPath}webhooks/${key}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ n, text, number: 12.5, none: null }),
    });
    await until(key, 'succeeded');
    const [second, first] = await listExecutions(host.api, key);
    expect(second?.context).toEqual(first?.context);
    expect(second?.context).toMatchObject({ data: { n, text, number: 12.5, none: null } });
    // As often as with little: the node of each attempt has called once.
    expect(flaky.callsOf(n)).toHaveLength(2);
  });

  it('after a crash between two attempts, and in the middle of one, as often as without it', async () => {
    const [between, amid, marked, again] = [unique(), unique(), unique(), unique()] as const;
    flaky.plan(between, 'fails');
    [amid, marked, again].forEach((n) => flaky.plan(n, 'fails', 'hangs'));
    const on: RetryConfig['on'] = ['failed', 'interrupted'];
    const keys = {
      between: (await webhook({ times: 3, backoff: LATER })).key,
      amid: (await webhook({ times: 3, backoff: 1 })).key,
      marked: (await webhook({ times: 3, backoff: 1 }, { onInterruption: 'mark' })).key,
      again: (await webhook({ times: 3, backoff: 1, on }, { onInterruption: 'mark' })).key,
    };
    await call(keys.between, between);
    await call(keys.between, unique());
    await Promise.all([call(keys.amid, amid), call(keys.marked, marked), call(keys.again, again)]);
    const { id } = await waiting(keys.between);
    await waitFor('second attempts', SETTLE_MS, () =>
      Promise.resolve([amid, marked, again].every((n) => flaky.callsOf(n).length === 2)),
    );
    await host.kill();
    flaky.letGo();
    await runSql(host, [`UPDATE "webhookDeliveries" SET "expiresAt" = '2001-01-01 00:00:00' WHERE "id" = '${id}'`]);
    await host.start();
    // Gone on with: no attempt of its own.
    expect(await until(keys.amid, 'succeeded')).toMatchObject([{ attempts: 2 }]);
    expect(await until(keys.marked, 'interrupted')).toMatchObject([{ attempts: 2 }]);
    expect(await until(keys.again, 'succeeded')).toMatchObject([{ attempts: 3 }]);
    expect(await list(keys.between)).toMatchObject([
      { status: 'received', attempts: 1, nextAttemptAt: expect.any(String) as string },
      { status: 'received', attempts: 0 },
    ]);
    await due(id);
    expect(await until(keys.between, 'succeeded', 'succeeded')).toMatchObject([{ attempts: 2 }, { attempts: 1 }]);
  });
});
