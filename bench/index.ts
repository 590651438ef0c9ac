/**
 * `npm run bench`: everything in one run on one host per database; one table on stdout, and the figures in
 * `bench/results.json`. `bench/README.md` says what each row measures.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAll } from '../scripts/build';
import { databaseProblem, databaseServer } from '../scripts/host';
import { pack } from '../scripts/pack';
import { readOptions, type BenchDialect, type Options } from './options';
import { packBenchPlugin } from './plugin/pack';
import { emptyResults, toMarkdown, type Results } from './report';
import { ROWS } from './rows';
import { Stage, type Packages } from './Stage';
import type { Measurement } from './types';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), ROWS);
  await checkDatabases(options);
  const results = emptyResults(options.quick);
  const work = mkdtempSync(join(tmpdir(), 'webhook-bench-'));
  try {
    say('building and packing …');
    const dist = join(work, 'dist');
    await buildAll(dist);
    const packages: Packages = { product: pack({ dist, to: work }), bench: await packBenchPlugin(work) };
    for (const dialect of options.dialects) {
      await measureOn(dialect, packages, options, results);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  console.log(toMarkdown(results));
}

/** All rows on one host. The results are written after each: a run that is broken off has not been for nothing. */
async function measureOn(dialect: BenchDialect, packages: Packages, options: Options, results: Results): Promise<void> {
  say(`${dialect}: bringing up NocoBase …`);
  const stage = await Stage.open(dialect, packages, options.effort);
  const closeAndEnd = () => void stage.close().finally(() => process.exit(130));
  process.once('SIGINT', closeAndEnd).once('SIGTERM', closeAndEnd);
  const measurements: Measurement[] = (results.measurements[dialect] = []);
  try {
    for (const row of ROWS.filter(({ id }) => options.only.length === 0 || options.only.includes(id))) {
      say(`${dialect}: (${row.id}) ${row.title}`);
      for (const measurement of await row.run(stage)) {
        say(
          `    ${measurement.what}: ${measurement.value.toFixed(2)} ${measurement.unit}  ${measurement.detail ?? ''}`,
        );
        measurements.push(measurement);
      }
      writeFileSync(options.out, `${JSON.stringify(results, null, 2)}\n`);
    }
  } finally {
    process.off('SIGINT', closeAndEnd).off('SIGTERM', closeAndEnd);
    await stage.close();
  }
}

async function checkDatabases({ dialects }: Options): Promise<void> {
  for (const dialect of dialects) {
    const server = dialect === 'sqlite' ? undefined : databaseServer(dialect);
    const problem = await databaseProblem({ dialect, server });
    if (problem !== null) {
      throw new Error(problem);
    }
  }
}

/** Progress, beside the table. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
