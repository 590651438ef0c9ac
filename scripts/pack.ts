import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT } from './host/layout';

/** What the package holds beside its `package.json` and `dist`: NocoBase's entry markers, and what npm wants to show. */
const CONTENTS = [
  'client.js',
  'client.d.ts',
  'client-v2.js',
  'client-v2.d.ts',
  'server.js',
  'server.d.ts',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
];

/** The fields of `package.json` that mean something to who installs the plugin. */
const FIELDS = /^(name|version|description.*|displayName.*|keywords|license|main|bin|peerDependencies)$/;

export interface PackOptions {
  /** What was built; default: the project's `dist`. */
  dist?: string;
  /** Folder for the file; default: the project's. */
  to?: string;
  /** In place of the one in `package.json`: NocoBase's client reloads a plugin only when it changes. */
  version?: string;
}

/** Packs what was built into the `.tgz` that NocoBase's plugin manager takes; gives its path. */
export function pack({ dist = join(PROJECT_ROOT, 'dist'), to = PROJECT_ROOT, version }: PackOptions = {}): string {
  const root = PROJECT_ROOT;
  if (!existsSync(join(dist, 'server', 'index.js'))) {
    throw new Error('nothing to pack: run `npm run build` first');
  }
  const stage = mkdtempSync(join(tmpdir(), 'nocobase-webhook-pack-'));
  try {
    for (const entry of CONTENTS.filter((name) => existsSync(join(root, name)))) {
      cpSync(join(root, entry), join(stage, entry), { recursive: true });
    }
    cpSync(dist, join(stage, 'dist'), { recursive: true });
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
    const published = Object.fromEntries(Object.entries(manifest).filter(([field]) => FIELDS.test(field)));
    writeFileSync(
      join(stage, 'package.json'),
      JSON.stringify({ ...published, ...(version ? { version } : {}) }, null, 2),
    );
    const output = execFileSync('npm', ['pack', '--json', '--pack-destination', to], { cwd: stage, encoding: 'utf8' });
    const [packed] = JSON.parse(output) as { filename: string }[];
    if (!packed) {
      throw new Error('npm pack made no file');
    }
    return join(to, packed.filename);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

if (require.main === module) {
  try {
    console.log(pack());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
