// The first thing that runs in a fresh clone: plain Node, since nothing is installed yet.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MIN_NODE = 20;
const root = join(dirname(fileURLToPath(import.meta.url)), '..');

if (Number(process.versions.node.split('.')[0]) < MIN_NODE) {
  console.error(`Node ${process.versions.node} is too old: Node ${MIN_NODE} or newer is needed.`);
  process.exit(1);
}

if (!isInstalled()) {
  console.log('Installing dependencies (about 1.3 GB, a few minutes the first time) …');
  const { status } = spawnSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) {
    console.error('Installing the dependencies failed: see npm’s own message above.');
    process.exit(1);
  }
}

// Not through tsx's own command: it sends signals on a second time.
const child = spawn(
  process.execPath,
  ['--import', 'tsx', join(root, 'scripts/start/index.ts'), ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
// The terminal sends Ctrl-C to both; this one waits for the other, which has a NocoBase to stop.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => (signal === 'SIGTERM' ? child.kill(signal) : undefined));
}
child.on('exit', (code) => process.exit(code ?? 1));

/** npm notes in `node_modules` what it installed; a lock file that is newer wants another run. */
function isInstalled() {
  const note = join(root, 'node_modules/.package-lock.json');
  return existsSync(note) && statSync(note).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}
