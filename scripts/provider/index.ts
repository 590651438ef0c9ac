import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FACTS, ROWS, write, writeIndexes } from './catalogue';
import { factsSkeleton, rowSkeleton } from './skeleton';

/**
 * `npm run provider -- <id> [title]` makes the files of a new provider to be filled in; without an id it only brings in
 * step what is made of all rows: the lists, the texts in the locale files, and the guides.
 */
async function main([id, title]: string[]): Promise<void> {
  if (id !== undefined) {
    await make(id, title ?? id);
  }
  await writeIndexes();
  // Only now: it reads the rows that the lists name.
  const { addTexts } = await import('./texts');
  const untranslated = await addTexts();
  spawnSync('npm', ['run', '--silent', 'guides'], { stdio: 'inherit' });
  const note = 'To be translated in src/locale/nl-NL.json and zh-CN.json:';
  process.stdout.write(untranslated.length > 0 ? `${[note, ...untranslated].join('\n  ')}\n` : '');
}

async function make(id: string, title: string): Promise<void> {
  const [row, facts] = [join(ROWS, `${id}.ts`), join(FACTS, `${id}.ts`)];
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id) || existsSync(row)) {
    throw new Error(`"${id}" is no new id: small letters and digits, with - between.`);
  }
  await write(row, rowSkeleton(id, title));
  await write(facts, factsSkeleton(id));
  process.stdout.write(`Fill in, then run "npm run provider" again:\n  ${row}\n  ${facts}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
