import type { WebhookConfigInput } from '../../src/common/config';
import type { DeliveryDetail, DeliverySummary } from '../../src/common/deliveriesApi';
import { onEveryDatabase, type TestHost } from '../support/hosts';
import { createWebhook, executedByHand, finishedExecutions, waitFor } from '../support/workflows';

jest.setTimeout(120_000);

/** What a caller, or a proxy in front of it, sends beside what the webhook asks for. */
const OWN = {
  authorization: 'Bearer of-the-caller',
  'proxy-authorization': 'Basic of-the-caller',
  cookie: 'session=of-the-caller',
  'x-gitlab-token': 'gitlab-of-the-caller',
};
const TOKEN = 'of-this-webhook';
const auth = { type: 'token' as const, in: 'header' as const, name: 'x-key', secrets: [TOKEN] };
const sent = { ...OWN, 'x-key': TOKEN, 'x-kind': 'first' };

onEveryDatabase('credentials of the caller that are not this webhook’s', (host: TestHost) => {
  const { api } = host;

  const call = (key: string, headers: Record<string, string> = sent) =>
    fetch(host.webhook(key), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{"a":1}',
    });

  const first = (key: string) =>
    waitFor('a delivery', 30_000, async () => {
      const [row] = await api.get<DeliverySummary[]>('webhookDeliveries:list', { filter: JSON.stringify({ key }) });
      return row?.finishedAt ? api.get<DeliveryDetail>('webhookDeliveries:get', { filterByTk: row.id }) : null;
    });

  const replay = async (key: string, edits: object = {}) => {
    const { id } = await first(key);
    await api.action('webhookDeliveries:replay', edits, { filterByTk: id });
    const [again] = await finishedExecutions(api, key, 2);
    return again?.context;
  };

  const ways: [string, WebhookConfigInput, { sync?: boolean }][] = [
    ['of a run in the background', { auth }, {}],
    ['of a run that the caller waits for', { auth }, { sync: true }],
    ['where nothing verifies the sender', {}, {}],
  ];
  it.each(ways)('are left out of the context %s, and of the log', async (_what, config, mode) => {
    const { key } = await createWebhook(api, config, mode);
    expect((await call(key)).status).toBe(200);
    const [execution] = await finishedExecutions(api, key);
    const { headers } = execution?.context as { headers: Record<string, string> };
    expect(Object.keys(headers)).toEqual(expect.not.arrayContaining(Object.keys(OWN)));
    expect(headers).toMatchObject({ 'x-kind': 'first', 'content-type': 'application/json' });
    expect(JSON.stringify([execution, await first(key)])).not.toContain('of-the-caller');
  });

  it('are in no answer and meet no filter', async () => {
    const { key } = await createWebhook(api, {
      response: { body: { auth: '{{$context.headers.authorization}}', kind: '{{$context.headers.x-kind}}' } },
    });
    expect(await (await call(key)).json()).toEqual({ kind: 'first' });
    const filtered = await createWebhook(api, {
      filter: {
        group: {
          type: 'and',
          calculations: [{ calculator: 'includes', operands: ['{{$context.headers.cookie}}', 'of-the-caller'] }],
        },
      },
      filterOnError: 'ignore',
    });
    expect(await (await call(filtered.key)).json()).toEqual({ ignored: true });
  });

  it('stay out of a replay, edited or not, however their names are written', async () => {
    const plain = await createWebhook(api, { auth });
    await call(plain.key);
    expect(JSON.stringify(await replay(plain.key))).not.toMatch(/of-the-caller|authorization|cookie/);

    const { key } = await createWebhook(api, { auth });
    await call(key);
    const { headers } = await first(key);
    const edited = { headers: { ...headers, Authorization: 'Bearer typed-in', 'x-kind': 'second' } };
    const context = await replay(key, edited);
    expect(context).toMatchObject({ headers: { 'x-kind': 'second', 'x-key': '[redacted]' } });
    expect(JSON.stringify(context)).not.toMatch(/typed-in|of-the-caller|authorization|cookie/i);
    const rows = await api.get<DeliverySummary[]>('webhookDeliveries:list', { filter: JSON.stringify({ key }) });
    const logged = await api.get<DeliveryDetail>('webhookDeliveries:get', { filterByTk: rows[0]!.id });
    expect(logged.headers).toMatchObject({ authorization: '[redacted]', 'x-kind': 'second' });
    expect(JSON.stringify(logged)).not.toContain('typed-in');
  });

  it('stay out of a run by hand', async () => {
    const workflow = await createWebhook(api, { auth });
    const headers = { Authorization: OWN.authorization, Cookie: OWN.cookie, 'X-Key': TOKEN, 'X-Kind': 'typed' };
    const { context } = await executedByHand(host, workflow, { method: 'POST', headers, data: { a: 1 } });
    expect(context).toMatchObject({ headers: { 'x-kind': 'typed', 'x-key': '[redacted]' } });
    expect(JSON.stringify(context)).not.toMatch(/of-the-caller|of-this-webhook|authorization|cookie/);
  });

  it('are there where the webhook asks for them, in a replay too; its own one is not', async () => {
    const { key } = await createWebhook(api, { auth, headers: { credentials: true } });
    await call(key);
    const [execution] = await finishedExecutions(api, key);
    expect(execution?.context.headers).toMatchObject({ ...OWN, 'x-key': '[redacted]' });
    const { headers } = await first(key);
    expect(headers).toMatchObject({
      cookie: '[redacted]',
      authorization: '[redacted]',
      'x-gitlab-token': '[redacted]',
    });
    expect((await replay(key, { headers }))?.headers).toMatchObject({ ...OWN, 'x-key': '[redacted]' });
    expect(JSON.stringify(execution)).not.toContain(TOKEN);
  });
});
