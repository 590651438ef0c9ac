import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The checkout this file belongs to. */
export const PROJECT_ROOT = resolve(dirname(__filename), '../..');

/** Files that NocoBase's command line wants to see, whatever is in them. */
const EXPECTED_FILES = ['.env.e2e.example', '.env.test.example', '.env.perf.example'];

/**
 * Starts NocoBase in this one process. Its own command line starts it as a child of a child, which keeps
 * the port when the parent is killed. This one's input is held open by who started it, and closes when that one
 * is gone, however it went: then NocoBase has to go as well.
 */
const LAUNCHER = `process.stdin.resume().once('end', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), 10_000);
});
process.stdin.unref();
const util = require('@nocobase/cli-v1/src/util');
util.initEnv();
util.generateAppDir();
require('@nocobase/app/lib/index.js');
`;

export const LAUNCHER_FILE = 'run.cjs';

/**
 * Makes `dir` a NocoBase app without copying its 1.1 GB: `node_modules` is a folder of links to the project's
 * packages. NocoBase puts its plugins' links beside them, so that apps do not disturb one another. Node follows
 * the links (no `--preserve-symlinks`): NocoBase loads migrations by their real path, and a module that is known
 * by two paths is two modules.
 */
export function layOutApp(dir: string): void {
  mkdirSync(dir, { recursive: true });
  linkPackages(join(PROJECT_ROOT, 'node_modules'), join(dir, 'node_modules'));
  for (const file of EXPECTED_FILES) {
    writeFileSync(join(dir, file), '');
  }
  // Empty as well: everything is in the environment that the process is given.
  writeFileSync(join(dir, '.env'), '');
  writeFileSync(join(dir, LAUNCHER_FILE), LAUNCHER);
}

function linkPackages(from: string, to: string): void {
  if (!existsSync(from)) {
    throw new Error('node_modules is missing: run `npm ci` first');
  }
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from)) {
    if (entry === '.package-lock.json' || entry === '.cache') {
      continue;
    }
    if (entry.startsWith('@')) {
      linkPackages(join(from, entry), join(to, entry));
      continue;
    }
    relink(join(from, entry), join(to, entry));
  }
}

function relink(target: string, link: string): void {
  rmSync(link, { recursive: true, force: true });
  symlinkSync(target, link);
}
