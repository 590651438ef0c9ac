// The first thing that runs in a fresh clone: plain Node, since nothing is installed yet.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MIN_NODE = [20, 19];
const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < MIN_NODE[0] || (major === MIN_NODE[0] && minor < MIN_NODE[1])) {
  console.error(`Node ${process.versions.node} is too old: Node ${MIN_NODE.join('.')} or newer is needed.`);
  process.exit(1);
}

if (!isInstalled()) {
  console.log('Installing dependencies (about 1.3 GB, a few minutes the first time) …');
  const { status } = spawnSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('Installing the dependencies failed: see npm’s own message above.');
    process.exit(1);
  }
}

// In this same process: the fewer there are, the fewer can be left behind.
const { register } = await import('tsx/cjs/api');
register();
createRequire(import.meta.url)('./start/index.ts');

/** Whether `node_modules` holds the versions that the lock file names; npm notes there what it installed. */
function isInstalled() {
  const note = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(note)) {
    return false;
  }
  const wanted = packages(join(root, 'package-lock.json'));
  const installed = packages(note);
  return Object.entries(wanted).every(
    // Packages for other platforms are optional.
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
}

function packages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
