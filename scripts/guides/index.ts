import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderGuides } from './render';

/** Writes `docs/providers` anew, and takes away what no longer belongs there. */
const dir = join(__dirname, '..', '..', 'docs', 'providers');
const guides = renderGuides();
mkdirSync(dir, { recursive: true });
for (const file of readdirSync(dir).filter((name) => !guides.has(name))) {
  rmSync(join(dir, file));
}
for (const [file, text] of guides) {
  writeFileSync(join(dir, file), text);
}
