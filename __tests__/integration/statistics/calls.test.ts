import type { StatsAnswer, StatsSeries } from '../../../src/common/stats';
import { onEveryDatabase, ownHost, type TestHost } from '../../support/hosts';
import { addNode, createWebhook, finishedExecutions, waitFor } from '../../support/workflows';

jest.setTimeout(180_000);

const TOKEN = 'a token that is long enough';
const auth = { type: 'token' as const, in: 'header' as const, name: 'x-token', secrets: [TOKEN] };
const HOUR_MS = 3_600_000;

type Asked = Pick<TestHost, 'api'>;

async function statsOf({ api }: Asked, key: string): Promise<StatsSeries> {
  const to = Math.ceil(Date.now() / 60_000) * 60_000;
  const answer = await api.get<StatsAnswer>('webhookStats:query', { keys: key, from: to - HOUR_MS, to, step: 60_000 });
  const [series] = answer.series;
  if (!series) {
    throw new Error('no series was answered');
  }
  return series;
}

onEveryDatabase('calls are counted', (host) => {
  const { api } = host;
  const post = (key: string, body: unknown, headers: Record<string, string> = {}, method = 'POST') =>
    fetch(host.webhook(key), {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  it('by what became of them, also those that the log leaves out', async () => {
    const { key } = await createWebhook(api, {
      auth,
      rateLimit: { points: 4, duration: 600 },
      eventFrom: 'json:type',
      events: ['made'],
      dedupe: { key: 'json:id' },
      record: { rejected: false },
    });
    const statuses: number[] = [];
    for (const [body, headers, method] of [
      [{ id: 1, type: 'made' }, { 'x-token': TOKEN }],
      [{ id: 1, type: 'made' }, { 'x-token': TOKEN }],
      [{ id: 2, type: 'gone' }, { 'x-token': TOKEN }],
      [{ id: 3, type: 'made' }, { 'x-token': 'wrong' }],
      [{ id: 4, type: 'made' }, { 'x-token': TOKEN }],
      [{ id: 5, type: 'made' }, { 'x-token': TOKEN }],
      [{ id: 6, type: 'made' }, { 'x-token': TOKEN }, 'PUT'],
    ] as [object, Record<string, string>, string?][]) {
      statuses.push((await post(key, body, headers, method)).status);
    }
    expect(statuses).toEqual([200, 200, 200, 401, 200, 429, 405]);
    await finishedExecutions(api, key, 2);
    const series = await waitFor('the counts', 30_000, async () => {
      const found = await statsOf(host, key);
      return found.total.succeeded === 2 && found.total.refused === 3 ? found : null;
    });
    expect(series.total).toEqual({ accepted: 2, refused: 3, ignored: 1, duplicates: 1, succeeded: 2, failed: 0 });
    expect(Object.values(series.refusedBy).reduce((sum, count) => sum + count, 0)).toBe(3);
    expect(Object.keys(series.refusedBy)).toContain('RATE_LIMITED');
    expect(series.answer.p50).toBeGreaterThan(0);
    expect(series.run.p50).not.toBeNull();
  });

  it('as accepted, and their runs as failed, where a caller waits for a run that fails', async () => {
    const workflow = await createWebhook(api, {}, { sync: true });
    await addNode(api, workflow, {
      type: 'condition',
      config: { rejectOnFalse: true, engine: 'basic', calculation: falsy },
    });
    expect((await post(workflow.key, {})).status).toBe(500);
    const { total } = await waitFor('the counts', 30_000, async () => {
      const found = await statsOf(host, workflow.key);
      return found.total.failed === 1 ? found : null;
    });
    expect(total).toMatchObject({ accepted: 1, refused: 0, succeeded: 0, failed: 1 });
  });

  it.each([
    ['from behind to', { from: 120_000, to: 60_000 }],
    ['more steps than are drawn', { from: 0, to: 60_000 * 1_000, step: 60_000 }],
    ['parts of a minute', { step: 1_000 }],
    [
      'minutes that are not kept',
      {
        from: Date.now() - (Date.now() % 60_000) - 72 * HOUR_MS,
        step: 1_800_000,
        to: Date.now() - (Date.now() % 60_000) - 60 * HOUR_MS,
      },
    ],
    ['more webhooks than are answered', { keys: Array.from({ length: 201 }, (_none, n) => n).join(',') }],
    ['no time', { from: 'yesterday' }],
  ])('and not told of %s', async (_what, query) => {
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    expect((await api.request(`webhookStats:query?${search}`)).status).toBe(400);
  });
});

it('what was counted is written down as NocoBase stops', async () => {
  const host = await ownHost();
  try {
    const { key } = await createWebhook(host.api, { auth });
    const url = `${host.url}${host.apiPath}webhooks/${key}`;
    await Promise.all(Array.from({ length: 7 }, () => fetch(url, { method: 'POST', body: '{}' })));
    await host.stop();
    await host.start();
    expect((await statsOf(host, key)).total).toMatchObject({ refused: 7 });
  } finally {
    await host.remove();
  }
});

const falsy = { group: { type: 'and', calculations: [{ calculator: 'equal', operands: [1, 2] }] } };
