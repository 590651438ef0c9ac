import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The checkout this file belongs to. */
export const PROJECT_ROOT = resolve(dirname(__filename), '../..');

/** Files that NocoBase's command line wants to see, whatever is in them. */
const EXPECTED_FILES = ['.env.e2e.example', '.env.test.example', '.env.perf.example'];

/**
 * Where an app keeps its own copy of NocoBase's client: at every start NocoBase writes the paths it is served at
 * into the client's files, and two apps may be served at different ones.
 */
const CLIENT_FOLDER = 'client-package';

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
process.env.APP_PACKAGE_ROOT = require('node:path').join(__dirname, '${CLIENT_FOLDER}');
util.buildIndexHtml();
require('@nocobase/app/lib/index.js');
`;

export const LAUNCHER_FILE = 'run.cjs';

/**
 * Makes `dir` a NocoBase app with 40 MB of its 1.1 GB copied: `node_modules` is a folder of links to the project's
 * packages. NocoBase puts its plugins' links beside them, so that apps do not disturb one another. Node follows
 * the links (no `--preserve-symlinks`): NocoBase loads migrations by their real path, and a module that is known
 * by two paths is two modules.
 */
export function layOutApp(dir: string): void {
  mkdirSync(dir, { recursive: true });
  linkPackages(join(PROJECT_ROOT, 'node_modules'), join(dir, 'node_modules'));
  if (!existsSync(join(dir, CLIENT_FOLDER))) {
    cpSync(join(PROJECT_ROOT, 'node_modules', '@nocobase', 'app'), join(dir, CLIENT_FOLDER), { recursive: true });
  }
  for (const file of EXPECTED_FILES) {
    writeFileSync(join(dir, file), '');
  }
  // Empty as well: everything is in the environment that the process is given.
  writeFileSync(join(dir, '.env'), '');
  writeFileSync(join(dir, LAUNCHER_FILE), LAUNCHER);
}

/** Links a plugin in the app's storage where NocoBase looks for it, as its plugin manager does when it adds one. */
export function linkStoredPlugin(dir: string, plugin: string): void {
  const stored = join(dir, 'storage', 'plugins', plugin);
  if (existsSync(stored)) {
    relink(stored, join(dir, 'node_modules', plugin));
  }
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
