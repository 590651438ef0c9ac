/**
 * `npm run test:crash [-- --rounds=10 --dialects=postgres,sqlite --modes=async,sync]`: load, `kill -9` at a random instant, restart; again and
 * again. Then counts what was acknowledged, stored, started and finished. Fails on one lost or one done twice.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { buildAll } from '../build';
import { PROJECT_ROOT, type Dialect, type Host } from '../host';
import { createInstalledHost } from '../host/template';
import { pack } from '../pack';
import { readEvidence, type Evidence } from './evidence';
import { Load } from './load';

/** Callers at a time. SQLite is for trying things out: fewer keep NocoBase itself from failing on locks. */
const WIDTH: Partial<Record<Dialect, number>> = { sqlite: 8 };
const DEFAULT_WIDTH = 32;

/** After the last restart everything must be done within this time, in milliseconds. */
const SETTLE_MS = 120_000;

interface Verdict {
  acknowledged: number;
  lost: number[];
  twice: number[];
  unfinished: number[];
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '10' },
      dialects: { type: 'string', default: 'postgres,sqlite' },
      modes: { type: 'string', default: 'async,sync' },
    },
  });
  const work = mkdtempSync(join(tmpdir(), 'webhook-crash-'));
  const dist = join(work, 'dist');
  await buildAll(dist);
  const tgz = pack({ dist, to: work });
  let failed = false;
  for (const dialect of values.dialects.split(',') as Dialect[]) {
    for (const mode of values.modes.split(',')) {
      const verdict = await crash(dialect, mode === 'sync', Number(values.rounds), tgz);
      failed ||= verdict.lost.length + verdict.twice.length + verdict.unfinished.length > 0;
      report(`${dialect}, ${mode}`, verdict);
    }
  }
  rmSync(work, { recursive: true, force: true });
  process.exitCode = failed ? 1 : 0;
}

async function crash(dialect: Dialect, sync: boolean, rounds: number, tgz: string): Promise<Verdict> {
  const dir = join(PROJECT_ROOT, '.nocobase', `crash-${dialect}-${process.pid}`);
  const host = await createInstalledHost({ dialect, dir });
  let load: Load | null = null;
  try {
    await host.start();
    await host.api.installPlugin(tgz);
    const { key } = await createWorkflow(host, sync);
    load = new Load([`${host.url}${host.apiPath}webhooks/${key}`], WIDTH[dialect] ?? DEFAULT_WIDTH);
    load.start();
    for (let round = 0; round < rounds; round++) {
      await delay(500 + Math.random() * 2_500);
      await host.kill();
      await delay(Math.random() * 500);
      await host.start();
      console.log(`  round ${round + 1}: ${load.sent} sent, ${load.acknowledged.size} acknowledged`);
    }
    await delay(1_000);
    await load.stop();
    return await settled(host, key, load.acknowledged);
  } finally {
    await load?.stop();
    await host.remove();
  }
}

async function createWorkflow(host: Host, sync: boolean): Promise<{ id: number; key: string }> {
  const workflow = await host.api.action<{ id: number; key: string }>('workflows:create', {
    title: 'crash',
    type: 'webhook',
    sync,
    enabled: false,
    config: { concurrency: 4 },
  });
  await host.api.action(`workflows/${workflow.id}/nodes:create`, {
    type: 'calculation',
    title: 'double it',
    config: { engine: 'formula.js', expression: '{{$context.data.number}} * 2' },
  });
  await host.api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
  return workflow;
}

async function settled(host: Host, key: string, acknowledged: ReadonlySet<number>): Promise<Verdict> {
  const deadline = Date.now() + SETTLE_MS;
  for (;;) {
    const evidence = await readEvidence(host, key);
    const verdict = judge(evidence, acknowledged);
    const open = (evidence.deliveries.received ?? 0) + (evidence.deliveries.started ?? 0);
    if (open === 0 || Date.now() > deadline) {
      console.log('  deliveries:', JSON.stringify(evidence.deliveries));
      return verdict;
    }
    await delay(1_000);
  }
}

function judge({ executions }: Evidence, acknowledged: ReadonlySet<number>): Verdict {
  const numbers = [...acknowledged];
  return {
    acknowledged: numbers.length,
    lost: numbers.filter((number) => !executions.has(number)),
    twice: [...executions].filter(([, { count }]) => count > 1).map(([number]) => number),
    unfinished: [...executions].filter(([, { finished }]) => finished === 0).map(([number]) => number),
  };
}

function report(what: string, { acknowledged, lost, twice, unfinished }: Verdict): void {
  console.log(
    `${what}: ${acknowledged} acknowledged, ${lost.length} lost, ${twice.length} twice, ${unfinished.length} unfinished`,
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
