import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runSql } from '../../../scripts/host/sql';
import { onEveryDatabase, type TestHost } from '../../support/hosts';
import {
  addNode,
  createWebhook,
  executedByHand,
  finishedExecutions,
  type WorkflowRecord,
} from '../../support/workflows';

jest.setTimeout(120_000);

type Node = Omit<Parameters<typeof addNode>[2], 'upstreamId'> & {
  /** Which node, counted from 0, this one comes behind; default: the one before. */
  behind?: number;
};

const calculation = (expression: string, engine = 'formula.js'): Node => ({
  type: 'calculation',
  config: { engine, expression },
});

const SECOND: Node = { type: 'delay', config: { unit: 1_000, duration: 1, endStatus: 1 } };

const DATA = {
  number: 6,
  text: 'O\'Neill "quotes" \\ 🚲 $1 ? :x %s {{no}} \u0007',
  yes: true,
  list: [1, 'two', null],
  deep: { a: { b: [{}] } },
  long: 'ä'.repeat(20_000),
};

/** Answers with half a character. */
const server = createServer((_request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end('"half \\ud83d"');
});
const askServer = (): Node => {
  const { port } = server.address() as AddressInfo;
  return { type: 'request', config: { method: 'GET', url: `http://127.0.0.1:${port}/`, onlyData: true } };
};

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => server.close());

/** Runs that end in one go, and so are written down by this plugin; what the engine itself writes is the measure. */
const RUNS: [string, Node[]][] = [
  ['values of every kind', Object.keys(DATA).map((name) => calculation(`{{$context.data.${name}}}`))],
  ['nothing', [calculation('{{$context.data.nothing}}'), calculation('1 / 0'), calculation('')]],
  [
    'characters that PostgreSQL takes in JSON alone',
    [calculation('CHAR(0)'), calculation('"a\\u0000b"'), calculation('"\\\\u0000"'), calculation('1')],
  ],
  ['a failure', [calculation('1 + 1'), calculation('1 +'), calculation('2 + 2')]],
  ['an end that fails', [calculation('1 + 1'), { type: 'end', config: { endStatus: -1 } }]],
  [
    'a condition that stops',
    [
      {
        type: 'condition',
        config: { engine: 'formula.js', expression: '{{$context.data.number}} > 6', rejectOnFalse: true },
      },
      calculation('1'),
    ],
  ],
  [
    'branches',
    [
      {
        type: 'condition',
        config: { engine: 'formula.js', expression: '{{$context.data.number}} > 5', rejectOnFalse: false },
      },
      { ...calculation('"no"'), behind: 0, branchIndex: 0 },
      { ...calculation('"yes"'), behind: 0, branchIndex: 1 },
      { ...calculation('"yes again"'), behind: 2 },
      { ...calculation('"after"'), behind: 0 },
    ],
  ],
  [
    'more results than one statement takes',
    [
      { type: 'loop', config: { target: 130 } },
      { ...calculation('1'), branchIndex: 0 },
    ],
  ],
];

async function workflowWith(host: TestHost, nodes: readonly Node[]): Promise<WorkflowRecord> {
  const workflow = await createWebhook(host.api, { concurrency: 16 }, { enabled: false });
  const ids: number[] = [];
  for (const { behind = ids.length - 1, ...node } of nodes) {
    ids.push((await addNode(host.api, workflow, { upstreamId: ids[behind], ...node })).id);
  }
  await host.api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
  return workflow;
}

const call = ({ url, apiPath }: TestHost, key: string, data: object) =>
  fetch(`${url}${apiPath}webhooks/${key}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(data),
  });

/** An execution's own row and its jobs', as they are stored, without what differs from one run to the next. */
async function stored(host: TestHost, executionId: number | string): Promise<{ execution?: object; jobs: object[] }> {
  const [[execution] = [], jobs = []] = await runSql(host, [
    `SELECT status, reason, "startedAt" IS NULL AS early, "expiresAt" FROM executions WHERE id = ${executionId}`,
    `SELECT job."nodeId", job."nodeKey", upstream."nodeKey" AS upstream, job.status, job.meta, job.result, job.log,` +
      ' job."startedAt" IS NULL AS early, job."createdAt" IS NULL AS old, job."updatedAt" IS NULL AS never FROM jobs job' +
      ` LEFT JOIN jobs upstream ON upstream.id = job."upstreamId" WHERE job."executionId" = ${executionId} ORDER BY job.id`,
  ]);
  return { execution, jobs };
}

onEveryDatabase('what a run leaves behind', (host) => {
  it.each(RUNS)('%s: the same as when the engine runs it', async (_what, nodes) => {
    const workflow = await workflowWith(host, nodes);
    const directBackend = await executedByHand(host, workflow, { data: DATA });
    expect((await call(host, workflow.key, DATA)).status).toBe(200);
    const executions = await finishedExecutions(host.api, workflow.key, 2);
    const ours = executions.find(({ id }) => id !== directBackend.id);
    const result = await stored(host, Number(ours?.id));
    expect(result.jobs).not.toEqual([]);
    expect(result).toEqual(await stored(host, directBackend.id));
  });

  // NocoBase's own engine leaves such a run open on MariaDB, so that there is nothing to compare with.
  it.each([
    ['of a node', () => [calculation('"half \\ud83d"'), calculation('"and \\ud83d more"')], 2],
    ['behind a wait', () => [SECOND, calculation('"half \\ud83d"'), calculation('1')], 3],
    ['of another server', () => [calculation('1'), askServer(), calculation('2')], 3],
  ] as const)('half a character %s: the run ends well, with all results', async (_what, nodes, count) => {
    const { key } = await workflowWith(host, nodes());
    expect((await call(host, key, DATA)).status).toBe(200);
    const [execution] = await finishedExecutions(host.api, key, 1);
    expect(execution?.status).toBe(1);
    const { jobs } = await stored(host, Number(execution?.id));
    expect(jobs).toHaveLength(count);
    const half = host.database.dialect === 'mariadb' ? /half (\ufffd|\\ufffd)/ : /half \\+ud83d/;
    expect(JSON.stringify(jobs)).toMatch(half);
  });

  it('many at once: each has its own', async () => {
    const { key } = await workflowWith(host, [
      calculation('{{$context.data.n}}'),
      calculation('{{$context.data.n}} * 2'),
    ]);
    const numbers = Array.from({ length: 60 }, (_, n) => n);
    await Promise.all(numbers.map((n) => call(host, key, { n })));
    const executions = await finishedExecutions(host.api, key, numbers.length);
    const [rows = []] = await runSql(host, [
      `SELECT "executionId", result FROM jobs WHERE "executionId" IN (${executions.map(({ id }) => id).join(',')})` +
        ` ORDER BY "executionId", id`,
    ]);
    const results = new Map<string, number[]>();
    for (const { executionId, result } of rows) {
      results.set(String(executionId), [...(results.get(String(executionId)) ?? []), Number(result)]);
    }
    expect(executions.map(({ id, context }) => [results.get(String(id)), context.data])).toEqual(
      executions.map(({ context }) => {
        const { n } = context.data as { n: number };
        return [[n, n * 2], { n }];
      }),
    );
  });
});
