import { onEveryDatabase, unique, type TestHost } from '../../support/hosts';
import { addNode, createWebhook, finishedExecutions, waitFor } from '../../support/workflows';
import { told } from '../../support/reasons';

jest.setTimeout(120_000);

interface DeliveryRecord {
  id: string;
  status: string;
  reason: string | null;
  executionId: number | null;
  dedupeKey: string | null;
  headers: Record<string, string>;
  query: Record<string, string>;
  body: string | null;
  responseStatus: number | null;
}

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });

onEveryDatabase('deliveries', (host: TestHost) => {
  const { api } = host;

  const listed = (key: string) =>
    api
      .get<DeliveryRecord[]>('webhookDeliveries:list', { filter: JSON.stringify({ key }), sort: 'id', pageSize: 200 })
      .then(told);

  /** One with all its fields: a list leaves the large ones out. */
  const whole = (row: DeliveryRecord | undefined) =>
    api.get<DeliveryRecord>('webhookDeliveries:get', { filterByTk: row?.id ?? '' });

  /** The webhook's deliveries as soon as there are so many, and none is open. */
  const ended = (key: string, count: number) =>
    waitFor(`${count} ended deliveries of ${key}`, 60_000, async () => {
      const rows = await listed(key);
      return rows.length >= count && rows.every(({ status }) => !['received', 'started'].includes(status))
        ? rows
        : null;
    });

  it('are stored, started once each in order of arrival, and followed to their end', async () => {
    const { key } = await createWebhook(api);
    for (let n = 0; n < 20; n++) {
      expect((await post(host.webhook(key), { n })).status).toBe(200);
    }
    const rows = await ended(key, 20);
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['succeeded']));
    const executions = await finishedExecutions(api, key, 20);
    expect(executions.map(({ eventKey }) => eventKey).sort()).toEqual(rows.map(({ id }) => id));
    const order = [...executions].sort((a, b) => a.id - b.id).map(({ context }) => (context.data as { n: number }).n);
    expect(order).toEqual(Array.from({ length: 20 }, (_none, n) => n));
  });

  it('keep no credential, though the workflow sees one that is not its own where it asks for it', async () => {
    const { key } = await createWebhook(api, {
      auth: { type: 'token', in: 'header', name: 'x-key', secrets: ['s3cret-token'] },
      headers: { credentials: true },
    });
    await post(host.webhook(key), { a: 1 }, { 'x-key': 's3cret-token', authorization: 'Bearer other' });
    const [row] = await ended(key, 1);
    expect(row).toMatchObject({ status: 'succeeded', responseStatus: 200 });
    const stored = await whole(row);
    expect(stored.body).toBe('{"a":1}');
    expect(stored.headers).toMatchObject({ 'x-key': '[redacted]', authorization: '[redacted]' });
    expect(stored).not.toHaveProperty('context');
    const [execution] = await finishedExecutions(api, key);
    expect(execution?.context.headers).toMatchObject({ authorization: 'Bearer other', 'x-key': '[redacted]' });
  });

  it('that repeat one are answered as the first, and start nothing', async () => {
    const { key } = await createWebhook(api, {
      dedupe: { key: 'header:x-id', window: 60 },
      response: {
        status: 202,
        contentType: 'application/json',
        headers: [{ name: 'x-n', value: '{{$context.data.n}}' }],
        body: { n: '{{$context.data.n}}' },
      },
    });
    const id = unique();
    const answers = await Promise.all([1, 1, 1, 1, 1].map((n) => post(host.webhook(key), { n }, { 'x-id': id })));
    const later = await post(host.webhook(key), { n: 1 }, { 'x-id': id });
    expect(await later.json()).toEqual({ n: 1 });
    expect(later.headers.get('x-n')).toBe('1');
    expect([...answers, later].map(({ status }) => status)).toEqual([202, 202, 202, 202, 202, 202]);
    await post(host.webhook(key), { n: 3 }, { 'x-id': unique() });
    await post(host.webhook(key), { n: 4 });
    const rows = await ended(key, 8);
    expect(rows.map(({ status }) => status).sort()).toEqual([
      ...Array<string>(5).fill('duplicate'),
      'succeeded',
      'succeeded',
      'succeeded',
    ]);
    expect(await finishedExecutions(api, key, 3)).toHaveLength(3);
  });

  it('that repeat one whose caller waits get the answer of its run', async () => {
    const workflow = await createWebhook(
      api,
      {
        dedupe: { key: 'json:id', window: 60 },
        response: {
          status: 200,
          contentType: 'application/json',
          headers: [],
          body: { at: '{{$context.deliveryId}}' },
        },
      },
      { sync: true },
    );
    const answers = await Promise.all(
      [1, 2, 3].map(async () => (await post(host.webhook(workflow.key), { id: 7 })).json()),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await finishedExecutions(api, workflow.key)).toHaveLength(1);
  });

  it('that were refused or left out are in the log with the reason', async () => {
    const { key } = await createWebhook(api, {
      auth: { type: 'token', in: 'header', name: 'x-key', secrets: ['s3cret-token'] },
      filter: {
        group: { type: 'and', calculations: [{ calculator: 'equal', operands: ['{{$context.data.go}}', true] }] },
      },
    });
    expect((await post(host.webhook(key), {})).status).toBe(401);
    expect((await post(host.webhook(key), { go: false }, { 'x-key': 's3cret-token' })).status).toBe(200);
    const rows = await ended(key, 2);
    const bodies = await Promise.all(rows.map(async (row) => (await whole(row)).body));
    expect(rows.map(({ status }, index) => [status, bodies[index]])).toEqual([
      ['rejected', null],
      ['ignored', '{"go":false}'],
    ]);
    expect(rows[0]?.reason).toBe('The header "x-key" is missing.');
  });

  it('of a workflow that fails are failed', async () => {
    const workflow = await createWebhook(api, {}, { enabled: false });
    await addNode(api, workflow, { type: 'end', config: { endStatus: -1 } });
    await api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
    await post(host.webhook(workflow.key), {});
    expect((await ended(workflow.key, 1))[0]).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('FAILED'),
    });
  });

  it('wait while their workflow is disabled, and are started when it is enabled again', async () => {
    const workflow = await createWebhook(api, { concurrency: 1 });
    await post(host.webhook(workflow.key), { n: 1 });
    await ended(workflow.key, 1);
    await api.action('workflows:update', { enabled: false }, { filterByTk: workflow.id });
    expect((await post(host.webhook(workflow.key), { n: 2 })).status).toBe(404);
    await api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
    await post(host.webhook(workflow.key), { n: 3 });
    expect((await ended(workflow.key, 2)).map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
  });
});
