import { connect } from 'node:net';
import type { WebhookConfigInput } from '../../src/common/config';
import type { ResponseNodeConfig } from '../../src/common/responseNode';
import { Gates } from '../support/gates';
import { onEveryServer, type TestHost } from '../support/hosts';
import {
  addNode,
  createWebhook,
  executedByHand,
  finishedExecutions,
  listExecutions,
  type WorkflowRecord,
} from '../support/workflows';

type NewNode = Parameters<typeof addNode>[2];

const respond = (config: Partial<ResponseNodeConfig>): NewNode => ({ type: 'webhook-response', config });
const calculate = (expression: string): NewNode => ({ type: 'calculation', config: { engine: 'math.js', expression } });
const DELAY: NewNode = { type: 'delay', config: { unit: 1000, duration: 2, endStatus: 1 } };
const FAIL: NewNode = { type: 'end', config: { endStatus: -1 } };

let gates: Gates;
beforeAll(async () => {
  gates = await Gates.start();
});
afterAll(() => gates.stop());

onEveryServer('answers', (host: TestHost) => {
  const { api } = host;

  /** A sync webhook with these nodes, one behind the other. */
  async function webhook(
    nodes: NewNode[],
    config: WebhookConfigInput = {},
  ): Promise<WorkflowRecord & { nodes: { id: number; key: string }[] }> {
    const workflow = await createWebhook(api, config, { sync: true, enabled: false });
    const added: { id: number; key: string }[] = [];
    for (const node of nodes) {
      added.push(await addNode(api, workflow, { upstreamId: added.at(-1)?.id, ...node }));
    }
    await enable(workflow);
    return { ...workflow, nodes: added };
  }

  async function enable({ id }: WorkflowRecord): Promise<void> {
    await api.action('workflows:update', { enabled: true }, { filterByTk: id });
  }

  async function call(key: string, body: unknown = {}, init: RequestInit = {}) {
    const response = await fetch(host.webhook(key), {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
      redirect: 'manual',
      ...init,
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, code: errorCode(text) };
  }

  /** What a node of a finished run has for its result. */
  async function resultOf(
    executionId: number | undefined,
    nodeId: number | undefined,
  ): Promise<Record<string, unknown>[]> {
    const jobs = await api.get<{ nodeId: number; result: Record<string, unknown> }[]>('jobs:list', {
      filter: JSON.stringify({ executionId }),
      sort: 'id',
      pageSize: 100,
    });
    return jobs.filter((job) => String(job.nodeId) === String(nodeId)).map(({ result }) => result);
  }

  describe('the configured response', () => {
    it.each<[string, Partial<WebhookConfigInput['response']>, { status: number; text: string; type: string | null }]>([
      [
        'JSON that keeps types',
        { status: 201, body: { n: '{{$context.data.n}}', list: '{{$context.data.rows.id}}' } },
        { status: 201, text: '{"n":5,"list":[1,2]}', type: 'application/json; charset=utf-8' },
      ],
      [
        'text',
        { contentType: 'text/plain', body: 'n={{$context.data.n}} {{$context.data.html}}' },
        { status: 200, text: 'n=5 <b>&</b>', type: 'text/plain; charset=utf-8' },
      ],
      [
        'HTML',
        { contentType: 'text/html', body: '<p>{{$context.data.html}}</p>' },
        { status: 200, text: '<p>&lt;b&gt;&amp;&lt;/b&gt;</p>', type: 'text/html; charset=utf-8' },
      ],
      [
        'XML',
        { contentType: 'application/xml', body: '<a b="{{$context.data.html}}"/>' },
        { status: 200, text: '<a b="&lt;b&gt;&amp;&lt;/b&gt;"/>', type: 'application/xml; charset=utf-8' },
      ],
      ['nothing', { status: 204, body: { a: 1 } }, { status: 204, text: '', type: null }],
      ['not modified', { status: 304, body: 'x' }, { status: 304, text: '', type: null }],
      [
        'an error',
        { status: 503, body: { later: true } },
        { status: 503, text: '{"later":true}', type: 'application/json; charset=utf-8' },
      ],
    ])('%s', async (_what, response, expected) => {
      const { key } = await createWebhook(api, { response });
      const { status, text, headers } = await call(key, { n: 5, html: '<b>&</b>', rows: [{ id: 1 }, { id: 2 }] });
      expect({ status, text, type: headers.get('content-type') }).toEqual(expected);
    });

    it('redirects', async () => {
      const { key } = await createWebhook(api, {
        response: { status: 303, headers: [{ name: 'Location', value: 'https://example.com/{{$context.data.id}}' }] },
      });
      const { status, headers } = await call(key, { id: 'a b/é' });
      expect([status, headers.get('location')]).toEqual([303, 'https://example.com/a b/%C3%A9']);
    });

    it('lets no value add a header or a body', async () => {
      const { key } = await createWebhook(api, {
        response: { status: 204, headers: [{ name: 'x-echo', value: '{{$context.data}}' }], body: null },
      });
      const raw = await rawCall(key, JSON.stringify('a\r\nset-cookie: evil=1\r\n\r\n<html>\u0001'));
      expect(raw).not.toMatch(/^set-cookie/im);
      expect(raw).toMatch(/^x-echo: a%0D%0Aset-cookie: evil=1%0D%0A%0D%0A<html>%01\r$/m);
      expect(raw.split('\r\n\r\n')[1]).toBe('');
    });

    it('survives a list in which the wanted column is missing', async () => {
      const { key } = await createWebhook(api, { response: { body: { ids: '{{$context.data.rows.id}}' } } });
      expect((await call(key, { rows: [null, 1, { id: 2 }] })).text).toBe('{"ids":[null,null,2]}');
    });

    it('knows what the run found out, and answers differently when it failed', async () => {
      const response = {
        body: { sum: '{{$jobsMapByNodeKey.%}}' },
        onFailure: { status: 502, contentType: 'text/plain', headers: [], body: 'no {{$context.data.n}}' },
      };
      const workflow = await createWebhook(api, { response }, { sync: true, enabled: false });
      const node = await addNode(api, workflow, calculate('{{$context.data.n}} + 1'));
      await addNode(api, workflow, {
        type: 'condition',
        upstreamId: node.id,
        config: {
          rejectOnFalse: true,
          engine: 'basic',
          calculation: {
            group: {
              type: 'and',
              calculations: [{ calculator: 'lt', operands: [`{{$jobsMapByNodeKey.${node.key}}}`, 10] }],
            },
          },
        },
      });
      await api.action(
        'workflows:update',
        { enabled: true, config: { response: { ...response, body: { sum: `{{$jobsMapByNodeKey.${node.key}}}` } } } },
        { filterByTk: workflow.id },
      );
      expect(await call(workflow.key, { n: 2 })).toMatchObject({ status: 200, text: '{"sum":3}' });
      expect(await call(workflow.key, { n: 20 })).toMatchObject({ status: 502, text: 'no 20' });
    });
  });

  describe('a sync workflow', () => {
    it('that fails is answered with 500', async () => {
      const { key } = await webhook([FAIL]);
      expect(await call(key)).toMatchObject({ status: 500, code: 'WORKFLOW_FAILED' });
    });

    it('that takes too long is answered with 408, and runs on', async () => {
      const gate = gates.gate();
      const { key } = await webhook([gate.node], { syncTimeout: 300 });
      expect(await call(key)).toMatchObject({ status: 408, code: 'WORKFLOW_TIMEOUT' });
      gate.open();
      expect(await finishedExecutions(api, key)).toMatchObject([{ status: 1 }]);
    });

    it('that comes to wait for something is answered at once, and runs on', async () => {
      const { key } = await webhook([DELAY], { syncTimeout: 30_000 });
      const start = Date.now();
      // Long before `syncTimeout`; and had it waited for the node, it would be 200.
      expect(await call(key)).toMatchObject({ status: 408, code: 'WORKFLOW_TIMEOUT' });
      expect(Date.now() - start).toBeLessThan(15_000);
      expect(await finishedExecutions(api, key)).toMatchObject([{ status: 1 }]);
    });

    it('runs on when the caller hangs up', async () => {
      const gate = gates.gate();
      const { key } = await webhook([gate.node]);
      await expect(call(key, {}, { signal: AbortSignal.timeout(500) })).rejects.toThrow();
      gate.open();
      expect(await finishedExecutions(api, key)).toMatchObject([{ status: 1 }]);
    });
  });

  describe('a response node', () => {
    it('answers with what the run found out, and ends the workflow', async () => {
      const workflow = await createWebhook(api, { response: { status: 202 } }, { sync: true, enabled: false });
      const sum = await addNode(api, workflow, calculate('{{$context.data.n}} * 2'));
      const answer = await addNode(api, workflow, {
        ...respond({
          status: 201,
          headers: [{ name: 'X-Sum', value: '{{$jobsMapByNodeKey.' + sum.key + '}}' }],
          body: { sum: `{{$jobsMapByNodeKey.${sum.key}}}` },
        }),
        upstreamId: sum.id,
      });
      await addNode(api, workflow, { ...FAIL, upstreamId: answer.id });
      await enable(workflow);
      const { status, text, headers } = await call(workflow.key, { n: 21 });
      expect([status, text, headers.get('x-sum')]).toEqual([201, '{"sum":42}', '42']);
      const [execution] = await finishedExecutions(api, workflow.key);
      expect(execution?.status).toBe(1);
      expect(await resultOf(execution?.id, answer.id)).toEqual([
        {
          sent: true,
          status: 201,
          headers: { 'x-sum': '42', 'content-type': 'application/json; charset=utf-8' },
          body: '{"sum":42}',
        },
      ]);
    });

    it('answers at the moment it runs, and lets the workflow go on', async () => {
      const gate = gates.gate();
      const { key, nodes } = await webhook([
        respond({ body: 'first', contentType: 'text/plain', endWorkflow: false }),
        gate.node,
        respond({ body: 'second' }),
      ]);
      expect(await call(key)).toMatchObject({ status: 200, text: 'first' });
      expect((await listExecutions(api, key))[0]?.status).toBe(0);
      gate.open();
      const [execution] = await finishedExecutions(api, key);
      expect(execution?.status).toBe(1);
      expect(await resultOf(execution?.id, nodes[2]?.id)).toMatchObject([
        { sent: false, reason: expect.stringContaining('has an answer already') },
      ]);
    });

    it('has answered, whatever becomes of the run', async () => {
      const { key } = await webhook([respond({ status: 202, endWorkflow: false }), FAIL]);
      expect(await call(key)).toMatchObject({ status: 202, text: '' });
      expect(await finishedExecutions(api, key)).toMatchObject([{ status: -1 }]);
    });

    it('before a node that waits answers for it', async () => {
      const { key } = await webhook([respond({ status: 202, endWorkflow: false }), DELAY]);
      expect(await call(key)).toMatchObject({ status: 202 });
      expect(await finishedExecutions(api, key)).toMatchObject([{ status: 1 }]);
    });

    it('that is reached after the caller was answered says so', async () => {
      const gate = gates.gate();
      const { key, nodes } = await webhook([gate.node, respond({ status: 201 })], { syncTimeout: 200 });
      expect(await call(key)).toMatchObject({ status: 408 });
      gate.open();
      const [execution] = await finishedExecutions(api, key);
      expect(await resultOf(execution?.id, nodes[1]?.id)).toMatchObject([
        { sent: false, reason: expect.stringContaining('too late') },
      ]);
    });

    it('that is reached after a wait finds nobody', async () => {
      const { key, nodes } = await webhook([DELAY, respond({ status: 201 })]);
      expect(await call(key)).toMatchObject({ status: 408 });
      const [execution] = await finishedExecutions(api, key);
      expect(await resultOf(execution?.id, nodes[1]?.id)).toMatchObject([
        { sent: false, reason: expect.stringContaining('Nobody waits') },
      ]);
    });

    it('answers from the branch that was taken', async () => {
      const workflow = await createWebhook(api, {}, { sync: true, enabled: false });
      const calculation = {
        group: { type: 'and', calculations: [{ calculator: 'equal', operands: ['{{$context.data.vip}}', true] }] },
      };
      const condition = await addNode(api, workflow, {
        type: 'condition',
        config: { rejectOnFalse: false, engine: 'basic', calculation },
      });
      await addNode(api, workflow, { ...respond({ status: 201 }), upstreamId: condition.id, branchIndex: 1 });
      await addNode(api, workflow, { ...respond({ status: 203 }), upstreamId: condition.id, branchIndex: 0 });
      await addNode(api, workflow, { ...FAIL, upstreamId: condition.id });
      await enable(workflow);
      expect([
        (await call(workflow.key, { vip: true })).status,
        (await call(workflow.key, { vip: false })).status,
      ]).toEqual([201, 203]);
      expect((await finishedExecutions(api, workflow.key, 2)).map(({ status }) => status)).toEqual([1, 1]);
    });

    it.each([
      ['ends the workflow in the first round of a loop', true, 1],
      ['goes on with the loop, its first answer out', false, 3],
    ])('%s', async (_what, endWorkflow, rounds) => {
      const workflow = await createWebhook(api, {}, { sync: true, enabled: false });
      const loop = await addNode(api, workflow, { type: 'loop', config: { target: '{{$context.data.items}}' } });
      const node = await addNode(api, workflow, {
        ...respond({ body: { item: `{{$scopes.${loop.key}.item}}` }, endWorkflow }),
        upstreamId: loop.id,
        branchIndex: 0,
      });
      await enable(workflow);
      expect(await call(workflow.key, { items: ['a', 'b', 'c'] })).toMatchObject({ status: 200, text: '{"item":"a"}' });
      const [execution] = await finishedExecutions(api, workflow.key);
      expect(execution?.status).toBe(1);
      expect((await resultOf(execution?.id, node.id)).map(({ sent }) => sent)).toEqual(
        [true, false, false].slice(0, rounds),
      );
    });

    it('is offered in sync webhook workflows only', async () => {
      const async = await createWebhook(api, {}, { enabled: false });
      await expect(addNode(api, async, respond({}))).rejects.toThrow('not available in the current workflow');
      const other = await api.action<WorkflowRecord>('workflows:create', {
        title: 'other',
        type: 'schedule',
        sync: true,
        current: true,
        config: {},
      });
      await expect(addNode(api, other, respond({}))).rejects.toThrow('not available in the current workflow');
    });

    it('refuses settings that can not be sent', async () => {
      const workflow = await createWebhook(api, {}, { sync: true, enabled: false });
      await expect(addNode(api, workflow, respond({ status: 99 }))).rejects.toThrow(
        'status: This must be a whole number',
      );
      await expect(addNode(api, workflow, respond({ statusCode: 200 } as object))).rejects.toThrow('Unknown setting');
    });

    it('can be tested without a caller', async () => {
      const result = await api.action('flow_nodes:test', {
        type: 'webhook-response',
        config: { status: 201, body: { a: 1 } },
      });
      expect(result).toMatchObject({ status: 1, result: { status: 201, body: '{"a":1}' } });
    });

    it('does nothing but note its answer in a run that was started by hand', async () => {
      const { nodes, ...workflow } = await webhook([respond({ status: 201, body: { n: '{{$context.data.n}}' } })]);
      const execution = await executedByHand(host, workflow, { data: { n: 1 } });
      expect(await resultOf(execution.id, nodes[0]?.id)).toMatchObject([{ sent: false, status: 201, body: '{"n":1}' }]);
    });
  });

  /** The whole answer as it comes over the wire. */
  async function rawCall(key: string, body: string): Promise<string> {
    const { hostname, port, pathname } = new URL(host.webhook(key));
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST ${pathname} HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    );
    let answer = '';
    for await (const chunk of socket) {
      answer += String(chunk);
    }
    return answer;
  }
});

function errorCode(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { errors?: { code: string }[] }).errors?.[0]?.code;
  } catch {
    return undefined;
  }
}
