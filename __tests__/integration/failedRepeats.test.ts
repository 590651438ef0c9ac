import type { WebhookConfigInput } from '../../src/common/config';
import type { FailedRepeatPolicy } from '../../src/common/deliveries';
import type { DeliverySummary } from '../../src/common/deliveriesApi';
import { Gates, type Gate } from '../support/gates';
import { onEveryDatabase, type TestHost } from '../support/hosts';
import { addNode, createWebhook, finishedExecutions, listExecutions, waitFor } from '../support/workflows';

jest.setTimeout(120_000);

type NewNode = Parameters<typeof addNode>[2];

/** Fails every run whose body doesn't say `ok`. */
const CHECK: NewNode = {
  type: 'condition',
  config: {
    rejectOnFalse: true,
    engine: 'basic',
    calculation: {
      group: { type: 'and', calculations: [{ calculator: 'equal', operands: ['{{$context.data.ok}}', true] }] },
    },
  },
};
const WHO = '{"was":"{{$context.deliveryId}}"}';

let gates: Gates;
beforeAll(async () => {
  gates = await Gates.start();
});
afterAll(() => gates.stop());

onEveryDatabase('a repeat', (host: TestHost) => {
  const { api } = host;

  async function webhook(nodes: NewNode[], config: WebhookConfigInput, sync: boolean): Promise<string> {
    const workflow = await createWebhook(api, config, { sync, enabled: false });
    let upstreamId: number | undefined;
    for (const node of nodes) {
      ({ id: upstreamId } = await addNode(api, workflow, { ...node, upstreamId }));
    }
    await api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
    return workflow.key;
  }

  const failing = (onFailed: FailedRepeatPolicy | undefined, sync: boolean, key = 'header:x-id') =>
    webhook([CHECK], { dedupe: { key, window: 60, ...(onFailed && { onFailed }) }, response: { body: WHO } }, sync);

  async function send(key: string, body: object, id = '1') {
    const answer = await fetch(host.webhook(key), {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', 'x-id': id },
    });
    return { status: answer.status, text: await answer.text() };
  }

  const list = (key: string) =>
    api.get<DeliverySummary[]>('webhookDeliveries:list', { filter: JSON.stringify({ key }), sort: 'id' });

  /** The webhook's deliveries, oldest first, as soon as their statuses are these. */
  const until = (key: string, ...wanted: string[]) =>
    waitFor(`deliveries that are ${wanted.join(', ')}`, 30_000, async () => {
      const rows = await list(key);
      return rows.map(({ status }) => status).join() === wanted.join() && rows;
    });

  for (const sync of [false, true]) {
    const mode = sync ? 'whose caller waits' : 'in the background';

    it(`of a failed run ${mode} runs again, with another body too, until one has succeeded`, async () => {
      const key = await failing(undefined, sync);
      const first = await send(key, { ok: false });
      expect(first.status).toBe(sync ? 500 : 200);
      await until(key, 'failed');
      const second = await send(key, { ok: false });
      expect(second.status).toBe(first.status);
      await until(key, 'failed', 'failed');
      const third = await send(key, { ok: true });
      const [, , row] = await until(key, 'failed', 'failed', 'succeeded');
      expect(third).toEqual({ status: 200, text: JSON.stringify({ was: row?.id }) });
      expect(await send(key, { ok: true })).toEqual(third);
      expect((await send(key, { ok: false })).status).toBe(409);
      expect(await finishedExecutions(api, key, 3)).toHaveLength(3);
    });

    it(`of a failed run ${mode} is answered the same where that is wished`, async () => {
      const key = await failing('answer', sync);
      const first = await send(key, { ok: false });
      await until(key, 'failed');
      expect(await send(key, { ok: false })).toEqual(first);
      expect((await send(key, { ok: true })).status).toBe(409);
      expect(await listExecutions(api, key)).toHaveLength(1);
    });

    for (const onFailed of ['rerun', 'answer'] as const) {
      it(`of a failed run ${mode} is answered with its replay’s answer, once that succeeded: ${onFailed}`, async () => {
        const key = await failing(onFailed, sync);
        await send(key, { ok: false });
        const [failed] = await until(key, 'failed');
        const replay = await api.action<{ id: string }>(
          'webhookDeliveries:replay',
          { data: { ok: true } },
          { filterByTk: String(failed?.id) },
        );
        await until(key, 'failed', 'succeeded');
        const answer = { status: 200, text: JSON.stringify({ was: replay.id }) };
        expect(await send(key, { ok: false })).toEqual(answer);
        expect(await send(key, { ok: false })).toEqual(answer);
        expect(await finishedExecutions(api, key, 2)).toHaveLength(2);
      });
    }
  }

  it('finds the failure that the caller was told of a moment ago', async () => {
    const key = await failing('rerun', true);
    for (let count = 0; count < 5; count++) {
      expect((await send(key, { ok: false })).status).toBe(500);
    }
    expect(await until(key, ...Array<string>(5).fill('failed'))).toHaveLength(5);
  });

  it('of a failed run that comes many times at once runs once again', async () => {
    const key = await failing('rerun', true);
    await send(key, { ok: false });
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(key, { ok: true })));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(await finishedExecutions(api, key, 2)).toHaveLength(2);
  });

  describe('of a call whose caller was told that it takes too long', () => {
    /** The first call is given up, and then its run comes to its end. */
    async function late(gate: Gate, key: string, body: object = {}) {
      const first = await send(key, body);
      expect(first.status).toBe(408);
      const open = await send(key, body);
      expect(open.status).toBe(408);
      gate.open();
      await finishedExecutions(api, key);
      const [row] = await waitFor('its end', 20_000, async () => {
        const rows = await list(key);
        return rows[0]?.finishedAt != null && rows;
      });
      expect(row?.responseStatus).toBe(408);
      return row;
    }

    const slow: WebhookConfigInput = { syncTimeout: 300, dedupe: { key: 'header:x-id', window: 60 } };

    it('is answered as configured, with what the run found out', async () => {
      const gate = gates.gate();
      const sum = { type: 'calculation', config: { engine: 'math.js', expression: '{{$context.data.n}} * 2' } };
      const workflow = await createWebhook(api, slow, { sync: true, enabled: false });
      const { id: upstreamId } = await addNode(api, workflow, gate.node);
      const { key: sumKey } = await addNode(api, workflow, { ...sum, upstreamId });
      const body = { sum: `{{$jobsMapByNodeKey.${sumKey}}}`, was: '{{$context.deliveryId}}' };
      const config = { ...slow, response: { status: 201, headers: [{ name: 'x-sum', value: '1' }], body } };
      await api.action('workflows:update', { config, enabled: true }, { filterByTk: workflow.id });
      const row = await late(gate, workflow.key, { n: 21 });
      const text = JSON.stringify({ sum: 42, was: row?.id });
      expect(await send(workflow.key, { n: 21 })).toEqual({ status: 201, text });
      expect(await listExecutions(api, workflow.key)).toHaveLength(1);
    });

    it.each([
      ['short', WHO, (id: string) => JSON.stringify({ was: id })],
      ['long', `${'x'.repeat(20_000)}{{$context.deliveryId}}`, (id: string) => 'x'.repeat(20_000) + id],
    ])('is answered with what a response node said: %s', async (_what, body, said) => {
      const gate = gates.gate();
      const contentType = body === WHO ? 'application/json' : 'text/plain';
      const node = { type: 'webhook-response', config: { status: 202, contentType, body, endWorkflow: false } };
      const key = await webhook([gate.node, node], slow, true);
      const row = await late(gate, key);
      expect(await send(key, {})).toEqual({ status: 202, text: said(String(row?.id)) });
    });

    it('is answered so where the workflow keeps no executions', async () => {
      const gate = gates.gate();
      const workflow = await createWebhook(api, { ...slow, response: { body: WHO } }, { sync: true, enabled: false });
      await addNode(api, workflow, gate.node);
      const options = { deleteExecutionOnStatus: [1] };
      await api.action('workflows:update', { enabled: true, options }, { filterByTk: workflow.id });
      expect((await send(workflow.key, {})).status).toBe(408);
      gate.open();
      const [row] = await until(workflow.key, 'succeeded');
      await waitFor(
        'its execution to be gone',
        20_000,
        async () => (await listExecutions(api, workflow.key)).length === 0,
      );
      const answer = await waitFor('its answer', 20_000, async () => {
        const repeat = await send(workflow.key, {});
        return repeat.status !== 408 && repeat;
      });
      expect(answer).toEqual({ status: 200, text: JSON.stringify({ was: row?.id }) });
    });
  });
});
