import type { Host } from '../../../scripts/host';
import { runSql } from '../../../scripts/host/sql';
import { Effects } from '../../support/Effects';
import { ownHost } from '../../support/hosts';
import { DIALECTS } from '../../support/shared';
import { addNode, createWebhook, waitFor, type WorkflowRecord } from '../../support/workflows';

jest.setTimeout(300_000);

const SETTLE_MS = 60_000;

/** A call to a server that counts them, by its name, or another node, with the first nodes of its branches. */
type Step = string | { type: string; config?: object; branches?: Step[][] };

const calculation: Step = { type: 'calculation', config: { engine: 'formula.js', expression: '1 + 1' } };

const condition = (expression: string, no: Step[], yes: Step[]): Step => ({
  type: 'condition',
  config: { engine: 'formula.js', expression, rejectOnFalse: false },
  branches: [no, yes],
});

const loop = (target: unknown, ...branch: Step[]): Step => ({ type: 'loop', config: { target }, branches: [branch] });

const parallel = (...branches: Step[][]): Step => ({ type: 'parallel', config: { mode: 'all' }, branches });

const HOUR: Step = { type: 'delay', config: { unit: 3_600_000, duration: 1, endStatus: 1 } };

interface Scenario {
  steps: Step[];
  /** The call in the middle of which NocoBase is killed. */
  cutIn: string;
  /** All calls that are made, each once; that one twice. */
  calls: string[];
  /** Whether what it waits for beside that comes to an end afterwards. */
  waits?: boolean;
}

const SCENARIOS: Record<string, Scenario> = {
  'one node behind the other': {
    steps: ['a', 'b', calculation, 'c', calculation, 'd', 'e'],
    cutIn: 'c',
    calls: ['a', 'b', 'c', 'd', 'e'],
  },
  'the branch of a condition': {
    steps: ['a', condition('1 > 0', ['never'], ['b', 'c']), 'd'],
    cutIn: 'c',
    calls: ['a', 'b', 'c', 'd'],
  },
  'the second round of a loop': {
    steps: [loop([1, 2, 3], 'a{{$scopes.loop.item}}', calculation, 'b{{$scopes.loop.item}}'), 'z'],
    cutIn: 'b2',
    calls: ['a1', 'b1', 'a2', 'b2', 'a3', 'b3', 'z'],
  },
  'the first node of the second round of a loop': {
    steps: [loop([1, 2], 'a{{$scopes.loop.item}}', 'b{{$scopes.loop.item}}'), 'z'],
    cutIn: 'a2',
    calls: ['a1', 'b1', 'a2', 'b2', 'z'],
  },
  'a loop in a loop': {
    steps: [
      loop(
        [1, 2],
        'a{{$scopes.loop.item}}',
        loop([7, 8], condition('1 > 0', [], ['b{{$scopes.loop.item}}{{$scopes.inner.item}}'])),
        'c{{$scopes.loop.item}}',
      ),
      'z',
    ],
    cutIn: 'b28',
    calls: ['a1', 'b17', 'b18', 'c1', 'a2', 'b27', 'b28', 'c2', 'z'],
  },
  'one of several branches side by side': {
    steps: [parallel(['a', calculation], ['b', 'c'], ['d']), 'e'],
    cutIn: 'c',
    calls: ['a', 'b', 'c', 'd', 'e'],
  },
  'a branch beside one that waits': {
    steps: [parallel([HOUR, 'a'], ['b', 'c']), 'd'],
    cutIn: 'c',
    calls: ['a', 'b', 'c', 'd'],
    waits: true,
  },
};

/** On SQLite, where four runs that callers wait for execute nodes at once. */
const ON_SQLITE = [
  'the branch of a condition',
  'the first node of the second round of a loop',
  'a loop in a loop',
  'a branch beside one that waits',
];

describe.each(DIALECTS)('a run that is killed in the middle of a node, on %s', (dialect) => {
  const scenarios = Object.entries(SCENARIOS).filter(([name]) => dialect !== 'sqlite' || ON_SQLITE.includes(name));
  let host: Host;
  let empty: WorkflowRecord;
  const effects = new Effects();
  const keys = new Map<string, string>();

  /** Adds nodes one behind the other; variables of loops name the loop as it stands here. */
  async function addSteps(
    workflow: Parameters<typeof addNode>[1],
    steps: Step[],
    {
      upstreamId,
      branchIndex,
      loops = [] as string[],
    }: { upstreamId?: number; branchIndex?: number; loops?: string[] },
  ): Promise<void> {
    let at: { upstreamId?: number; branchIndex?: number } = { upstreamId, branchIndex };
    for (const step of steps) {
      const named = (text: string) =>
        text.replace('$scopes.loop', `$scopes.${loops[0]}`).replace('$scopes.inner', `$scopes.${loops[1]}`);
      const { type, config } = typeof step === 'string' ? effects.node(`${workflow.key}/${named(step)}`) : step;
      const node = await addNode(host.api, workflow, { type, config, ...at });
      const branches = typeof step === 'string' ? [] : (step.branches ?? []);
      for (const [index, branch] of branches.entries()) {
        const inside = type === 'loop' ? [...loops, node.key] : loops;
        const first = type === 'parallel' ? 1 : 0;
        await addSteps(workflow, branch, { upstreamId: node.id, branchIndex: index + first, loops: inside });
      }
      at = { upstreamId: node.id };
    }
  }

  const statusOf = async (key: string) => {
    const [rows = []] = await runSql(host, [`SELECT status FROM "webhookDeliveries" WHERE "key" = '${key}'`]);
    return rows.map(({ status }) => status).join();
  };

  /** As a run stands that was begun and not ended when its instance, which the others had as well, was killed. */
  async function reopen(key: string): Promise<void> {
    const [open = []] = await runSql(host, [
      `SELECT owner FROM "webhookDeliveries" WHERE status = 'started' AND owner IS NOT NULL`,
    ]);
    await runSql(host, [
      `UPDATE executions SET status = 0 WHERE "key" = '${key}'`,
      `UPDATE "webhookDeliveries" SET status = 'started', "finishedAt" = NULL, owner = '${open[0]?.owner}'` +
        ` WHERE "key" = '${key}'`,
    ]);
    expect(await statusOf(key)).toBe('started');
  }

  beforeAll(async () => {
    await effects.start();
    host = await ownHost({ dialect });
    for (const [name, { steps, cutIn }] of scenarios) {
      // Where a caller waits for the run, requests are made inside it, so that a run is in the middle of one.
      const workflow = await createWebhook(host.api, { syncTimeout: 1_000 }, { sync: true, enabled: false });
      await addSteps(workflow, steps, {});
      await host.api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
      keys.set(name, workflow.key);
      effects.hold(`${workflow.key}/${cutIn}`);
    }
    const calls = [...keys.values()].map((key) =>
      fetch(`${host.url}${host.apiPath}webhooks/${key}`, { method: 'POST' }).then(({ status }) => status),
    );
    expect(new Set(await Promise.all(calls))).toEqual(new Set([408]));
    for (const [name, { cutIn }] of scenarios) {
      const at = `${keys.get(name)}/${cutIn}`;
      await waitFor(`${name} to come to ${cutIn}`, SETTLE_MS, () => Promise.resolve(effects.of(at) === 1));
    }
    empty = await createWebhook(host.api);
    await fetch(`${host.url}${host.apiPath}webhooks/${empty.key}`, { method: 'POST' });
    await waitFor('its end', SETTLE_MS, async () => (await statusOf(empty.key)) === 'succeeded');
    await host.kill();
    await reopen(empty.key);
    effects.letGo();
    await host.start();
  });
  afterAll(async () => {
    await host.remove();
    effects.close();
  });

  it('ends where its workflow has no nodes', async () => {
    await waitFor('the end', SETTLE_MS, async () => (await statusOf(empty.key)) === 'succeeded');
  });

  it.each(scenarios)('goes on there, in %s, and does nothing else again', async (name, scenario) => {
    const key = keys.get(name) ?? '';
    if (scenario.waits) {
      const jobs = await waitFor('the other branch', SETTLE_MS, async () => {
        const [rows = []] = await runSql(host, [
          `SELECT jobs.id AS id FROM jobs JOIN executions ON executions.id = jobs."executionId"` +
            ` JOIN flow_nodes ON flow_nodes.id = jobs."nodeId"` +
            ` WHERE executions."key" = '${key}' AND flow_nodes.type = 'delay'`,
        ]);
        return effects.of(`${key}/c`) === 2 && rows;
      });
      await host.api.action('jobs:resume', { status: 1 }, { filterByTk: String(jobs[0]?.id) });
    }
    await waitFor('the end', SETTLE_MS, async () => (await statusOf(key)) === 'succeeded');
    const expected = scenario.calls.map((call) => [call, call === scenario.cutIn ? 2 : 1]);
    expect(effects.under(`${key}/`)).toEqual(Object.fromEntries(expected));
  });
});
