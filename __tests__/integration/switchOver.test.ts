import type { DeliverySummary, EndpointSummary } from '../../src/common/deliveriesApi';
import { onEveryDatabase, unique, type TestHost } from '../support/hosts';
import { addNode, createWebhook, waitFor, type WorkflowRecord } from '../support/workflows';

jest.setTimeout(240_000);

const [CALLERS, SAVERS, SWITCHES] = [3, 2, 20];

onEveryDatabase('while calls come in', (host: TestHost) => {
  const { api } = host;

  it('one version is switched on after another, and more is saved: no call is refused, and no save', async () => {
    const first = await createWebhook(api, { path: unique('switched-'), concurrency: 16 });
    const [custom] = [first.config.path];
    const others = await Promise.all(Array.from({ length: SAVERS }, () => createWebhook(api)));
    const refused: string[] = [];
    let isOver = false;
    let count = 0;

    const call = async (path: string): Promise<void> => {
      const answer = await fetch(host.webhook(path), { method: 'POST', body: '{"a":1}' });
      count++;
      if (answer.status !== 200) {
        refused.push(`${answer.status} ${await answer.text()}`);
      }
    };
    const caller = async (index: number): Promise<void> => {
      while (!isOver) {
        await call(index % 2 === 0 ? first.key : String(custom));
      }
    };
    const saver = async ({ id }: WorkflowRecord): Promise<void> => {
      for (let save = 0; !isOver; save++) {
        await api.action('workflows:update', { title: `saved ${save}` }, { filterByTk: id });
      }
    };
    const under = Promise.all([
      ...Array.from({ length: CALLERS }, (_none, index) => caller(index)),
      ...others.map(saver),
    ]);
    let version = first;
    try {
      for (let turn = 0; turn < SWITCHES; turn++) {
        const filter = JSON.stringify({ key: first.key });
        const { id } = version;
        version = await api.action<WorkflowRecord>('workflows:revision', {}, { filterByTk: id, filter });
        await addNode(api, version, { type: 'calculation', config: { engine: 'math.js', expression: '1' } });
        await api.action('workflows:update', { enabled: true }, { filterByTk: version.id });
      }
    } finally {
      isOver = true;
    }
    await under;
    expect(refused).toEqual([]);
    expect(count).toBeGreaterThan(SWITCHES);
    // What comes now runs in the version that is on.
    await call(first.key);
    const last = await waitFor('the last one to have run', 150_000, async () => {
      const query = { filter: JSON.stringify({ key: first.key }), pageSize: 1 };
      const [newest] = await api.get<DeliverySummary[]>('webhookDeliveries:list', query);
      return newest?.status === 'succeeded' && newest;
    });
    expect(String(last.workflowId)).toBe(String(version.id));
    // Those that run beside it may end after it.
    const counts = await waitFor('none to be open any more', 60_000, async () => {
      const [endpoint] = await api.get<EndpointSummary[]>('webhookEndpoints:list', { key: first.key });
      const { received = 0, started = 0 } = endpoint?.counts ?? {};
      return received + started === 0 && endpoint?.counts;
    });
    expect(counts).toEqual({ succeeded: count });
  });

  it('one that is switched off is gone for who called, once that is done, and one that is not saved stays', async () => {
    const { id, key } = await createWebhook(api);
    const status = async () => (await fetch(host.webhook(key), { method: 'POST', body: '{}' })).status;
    expect(await status()).toBe(200);
    await expect(
      api.action('workflows:update', { enabled: true, config: { nonsense: 1 } }, { filterByTk: id }),
    ).rejects.toThrow(/ 400/);
    expect(await status()).toBe(200);
    await api.action('workflows:update', { enabled: false }, { filterByTk: id });
    expect(await status()).toBe(404);
    await api.action('workflows:update', { enabled: true }, { filterByTk: id });
    expect(await status()).toBe(200);
    await api.action('workflows:destroy', {}, { filterByTk: id });
    await waitFor('it to be gone', 5_000, async () => (await status()) === 404);
  });
});
