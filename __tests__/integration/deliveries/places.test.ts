import { onEveryDatabase, type TestHost } from '../../support/hosts';
import { addNode, createWebhook, waitFor } from '../../support/workflows';
import { backgroundRuns, HOUR, SETTLE_MS } from './support/backgroundRuns';
import { Called } from './support/Called';

jest.setTimeout(180_000);

onEveryDatabase('the places of a webhook', (host: TestHost) => {
  const { api } = host;
  const { webhook, listed, inStatus, endWait } = backgroundRuns(host);
  let called: Called;
  let url: string;

  beforeEach(async () => {
    called = new Called(20);
    url = await called.url();
  });
  afterEach(() => called.close());

  const request = () => ({
    type: 'request',
    config: { url: `${url}?n={{$context.data.n}}`, method: 'GET', timeout: 120_000 },
  });

  const call = async (key: string, n: number, more: object = {}) => {
    const answer = await fetch(host.webhook(key), {
      method: 'POST',
      body: JSON.stringify({ n, ...more }),
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(200);
  };

  it('are kept while a run waits for its own call: one after the other, in order of arrival', async () => {
    const key = await webhook({ concurrency: 1 }, [request()]);
    for (let n = 0; n < 25; n++) {
      await call(key, n);
    }
    const rows = await inStatus(key, 'succeeded', 25);
    expect(called.mostOpen).toBe(1);
    expect(called.order).toEqual(Array.from({ length: 25 }, (_none, n) => n));
    const ends = rows.map(({ finishedAt }) => Date.parse(finishedAt ?? ''));
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
  });

  it('are as many as `concurrency` says', async () => {
    const key = await webhook({ concurrency: 3 }, [request()]);
    called.hold();
    await Promise.all(Array.from({ length: 12 }, (_none, n) => call(key, n)));
    await waitFor('three calls', SETTLE_MS, () => Promise.resolve(called.open === 3));
    called.letGo();
    await inStatus(key, 'succeeded', 12);
    expect(called.mostOpen).toBe(3);
  });

  it('are no slots of the process: slow answers keep no other webhook from running', async () => {
    const slow = await webhook({ concurrency: 20 }, [request()]);
    const quick = await webhook({ concurrency: 1 }, []);
    called.hold();
    await Promise.all(Array.from({ length: 20 }, (_none, n) => call(slow, n)));
    await waitFor('twenty calls', SETTLE_MS, () => Promise.resolve(called.open === 20));
    await call(quick, 0);
    await inStatus(quick, 'succeeded', 1);
    called.letGo();
    await inStatus(slow, 'succeeded', 20);
  });

  it('are given up while a run waits for something else, and taken again ahead of what has not begun', async () => {
    const key = await webhook({ concurrency: 1 }, [HOUR, request()]);
    for (let n = 0; n < 3; n++) {
      await call(key, n);
    }
    const waiting = await inStatus(key, 'started', 3);
    called.hold();
    for (const row of waiting) {
      await endWait(row);
    }
    await waitFor('the first call', SETTLE_MS, () => Promise.resolve(called.open === 1));
    await call(key, 3);
    called.letGo();
    await inStatus(key, 'succeeded', 3);
    expect(called.mostOpen).toBe(1);
    expect(called.order).toEqual([0, 1, 2]);
    await inStatus(key, 'started', 1);
  });

  const counts = async (key: string) => {
    const rows = await listed(key);
    return (status: string) => rows.filter((row) => row.status === status).length;
  };

  it('are what shows as started: what waits for one is received, and stays so while the webhook is paused', async () => {
    const key = await webhook({ concurrency: 1 }, [request()]);
    called.hold();
    for (let n = 0; n < 12; n++) {
      await call(key, n);
    }
    await waitFor('the first call', SETTLE_MS, () => Promise.resolve(called.open === 1));
    await waitFor('what waits to be received', SETTLE_MS, async () => (await counts(key))('received') === 11);
    expect((await counts(key))('started')).toBe(1);
    await api.action('webhookEndpoints:pause', {}, { filterByTk: key });
    called.letGo();
    await inStatus(key, 'succeeded', 1);
    expect((await counts(key))('received')).toBe(11);
    await api.action('webhookEndpoints:resume', {}, { filterByTk: key });
    await inStatus(key, 'succeeded', 12);
    expect(called.order).toEqual(Array.from({ length: 12 }, (_none, n) => n));
  });

  it('take nothing more once the webhook is paused, also of what was claimed ahead', async () => {
    const key = await webhook({ concurrency: 1 }, [{ type: 'calculation', config: { expression: '1' } }]);
    await api.action('webhookEndpoints:pause', {}, { filterByTk: key });
    for (let n = 0; n < 150; n++) {
      // Some are too large to be held in memory until their turn.
      await call(key, n, n % 5 === 0 ? { text: 'x'.repeat(20_000) } : {});
    }
    await api.action('webhookEndpoints:resume', {}, { filterByTk: key });
    await waitFor('some to run', SETTLE_MS, async () => (await counts(key))('succeeded') > 0);
    await api.action('webhookEndpoints:pause', {}, { filterByTk: key });
    // What was being claimed at that moment is put back.
    await waitFor('nothing to be started', SETTLE_MS, async () => {
      const now = await counts(key);
      const filter = JSON.stringify({ key });
      const executions = await api.get<{ id: string }[]>('executions:list', { filter, pageSize: 200 });
      return now('received') + now('succeeded') === 150 && executions.length === now('succeeded');
    });
    await api.action('webhookEndpoints:resume', {}, { filterByTk: key });
    const rows = await inStatus(key, 'succeeded', 150);
    const ends = rows.map(({ executionId }) => Number(executionId));
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
  });

  it('of what is cancelled are for others: it never begins, or ends after the node under way', async () => {
    const key = await webhook({ concurrency: 1 }, [request(), request()]);
    called.hold();
    for (let n = 0; n < 3; n++) {
      await call(key, n);
    }
    await waitFor('the first call', SETTLE_MS, () => Promise.resolve(called.open === 1));
    const [first, second] = await listed(key);
    for (const row of [second, first]) {
      const answer = await api.action<{ cancelled: boolean }>(
        'webhookDeliveries:cancel',
        {},
        { filterByTk: row?.id ?? '' },
      );
      expect(answer).toEqual({ cancelled: true });
    }
    called.letGo();
    await inStatus(key, 'succeeded', 1);
    expect(called.order).toEqual([0, 2, 2]);
    const ended = await listed(key);
    expect(ended.map(({ status, reason }) => [status, reason])).toEqual([
      ['cancelled', 'It was cancelled while it ran.'],
      ['cancelled', 'It was cancelled before it was started.'],
      ['succeeded', null],
    ]);
  });

  it('of a webhook that was switched off with work waiting are for the version that is on then', async () => {
    const workflow = await createWebhook(api, { concurrency: 1 }, { enabled: false });
    await addNode(api, workflow, request());
    const update = (id: number, values: object) => api.action('workflows:update', values, { filterByTk: id });
    await update(workflow.id, { enabled: true });
    called.hold();
    for (let n = 0; n < 3; n++) {
      await call(workflow.key, n);
    }
    await waitFor('the first call', SETTLE_MS, () => Promise.resolve(called.open === 1));
    await update(workflow.id, { enabled: false });
    called.letGo();
    await inStatus(workflow.key, 'succeeded', 1);
    expect((await counts(workflow.key))('received')).toBe(2);
    const revision = await api.action<{ id: number }>(
      'workflows:revision',
      {},
      { filterByTk: workflow.id, filter: JSON.stringify({ key: workflow.key }) },
    );
    await update(revision.id, { enabled: true, current: true });
    await inStatus(workflow.key, 'succeeded', 3);
    const executions = await api.get<{ workflowId: number }[]>('executions:list', {
      filter: JSON.stringify({ key: workflow.key }),
      sort: 'id',
    });
    expect(executions.map(({ workflowId }) => workflowId)).toEqual([workflow.id, revision.id, revision.id]);
    expect(called.order).toEqual([0, 1, 2]);
  });

  it('are free again once a run that waits for its own call is cancelled', async () => {
    const key = await webhook({ concurrency: 1 }, [request()]);
    called.hold();
    await call(key, 0);
    await call(key, 1);
    await waitFor('the first call', SETTLE_MS, () => Promise.resolve(called.open === 1));
    const [first] = await listed(key);
    await api.action('webhookDeliveries:cancel', {}, { filterByTk: first?.id ?? '' });
    await waitFor('the second call', SETTLE_MS, () => Promise.resolve(called.order.length === 2));
    called.letGo();
    await inStatus(key, 'succeeded', 1);
  });
});
