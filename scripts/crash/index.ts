/**
 * `npm run test:crash [-- --scenarios=kill,outage --dialects=postgres,sqlite --modes=async,sync --rounds=10]`: load, a disturbance at a random instant, again and again; then counts what was acknowledged, stored, started and
 * finished. Fails on one lost or one done twice. `own` is NocoBase's own async route, for comparison, and can't fail.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildAll } from '../build';
import { PROJECT_ROOT, type Dialect } from '../host';
import { pack } from '../pack';
import * as scenarios from './scenarios';
import { isClean, toLine } from './verdict';

type ScenarioName = keyof typeof scenarios;

/** On which databases a scenario makes sense; and whether callers can wait in it. */
const SENSE: Record<ScenarioName, { dialects: readonly Dialect[]; sync: boolean }> = {
  kill: { dialects: ['postgres', 'mariadb', 'mysql', 'sqlite'], sync: true },
  outage: { dialects: ['postgres', 'mariadb', 'mysql'], sync: true },
  commits: { dialects: ['postgres', 'mariadb', 'mysql'], sync: true },
  silent: { dialects: ['postgres', 'mariadb', 'mysql'], sync: true },
  stop: { dialects: ['postgres', 'mariadb', 'mysql', 'sqlite'], sync: false },
  clock: { dialects: ['postgres', 'mariadb', 'mysql', 'sqlite'], sync: true },
  versions: { dialects: ['postgres', 'mariadb', 'mysql', 'sqlite'], sync: true },
  full: { dialects: ['sqlite'], sync: true },
  cluster: { dialects: ['postgres', 'mariadb', 'mysql'], sync: true },
  stall: { dialects: ['postgres', 'mariadb', 'mysql'], sync: true },
  own: { dialects: ['postgres', 'mariadb', 'mysql', 'sqlite'], sync: false },
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      scenarios: { type: 'string', default: Object.keys(SENSE).join(',') },
      dialects: { type: 'string', default: 'postgres,sqlite' },
      modes: { type: 'string', default: 'async,sync' },
      rounds: { type: 'string', default: '10' },
    },
  });
  const names = values.scenarios.split(',');
  const unknown = names.find((name) => !(name in scenarios));
  if (unknown !== undefined) {
    throw new Error(`there is no scenario ${unknown}; scenarios: ${Object.keys(scenarios).join(', ')}`);
  }
  const work = mkdtempSync(join(tmpdir(), 'webhook-crash-'));
  const dist = join(work, 'dist');
  await buildAll(dist);
  const tgz = pack({ dist, to: work });
  const lines: string[] = [];
  for (const name of names as ScenarioName[]) {
    for (const dialect of values.dialects.split(',') as Dialect[]) {
      for (const mode of values.modes.split(',')) {
        const sync = mode === 'sync';
        const { dialects, sync: canWait } = SENSE[name];
        if (!dialects.includes(dialect) || (sync && !canWait)) {
          continue;
        }
        console.log(`${name}, ${dialect}, ${mode}`);
        const dir = join(PROJECT_ROOT, '.nocobase', `crash-${name}-${dialect}-${process.pid}`);
        const verdict = await scenarios[name]({ dialect, sync, rounds: Number(values.rounds), tgz, dir });
        lines.push(toLine(`${name}, ${dialect}, ${mode}`, verdict));
        console.log(lines.at(-1));
        if (name !== 'own' && !isClean(verdict)) {
          process.exitCode = 1;
        }
      }
    }
  }
  rmSync(work, { recursive: true, force: true });
  console.log(`\n${lines.join('\n')}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
