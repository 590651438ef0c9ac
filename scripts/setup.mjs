// What a fresh clone has to have before anything else can run: plain Node, since nothing is installed yet.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MIN_NODE = [20, 19];
const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Ends the process with a message unless this Node is new enough. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < MIN_NODE[0] || (major === MIN_NODE[0] && minor < MIN_NODE[1])) {
    console.error(`Node ${process.versions.node} is too old: Node ${MIN_NODE.join('.')} or newer is needed.`);
    process.exit(1);
  }
}

/** Installs what the lock file names, unless it is there; ends the process where that fails. */
export function installPackages() {
  if (isInstalled()) {
    return;
  }
  // For sqlite3, where no prebuilt binary can be had.
  if (!isOnPath('g++')) {
    installOnDebian(['build-essential', 'python3']);
  }
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

/**
 * Installs Debian's packages, starting none of the services in them. Where this isn't Debian or Ubuntu, or the user
 * isn't root: does nothing.
 * @param {string[]} packages
 * @returns {boolean} whether they are installed
 */
export function installOnDebian(packages) {
  if (!isOnPath('apt-get') || process.getuid?.() !== 0) {
    return false;
  }
  const apt = (...args) =>
    spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=120', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      // Debian's packages start their service unless the run level is one that has none.
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    }).status === 0;
  return apt('update') && apt('install', '-y', '--no-install-recommends', ...packages);
}

/**
 * @param {string} command
 * @returns {boolean} whether there is a program of this name
 */
export function isOnPath(command) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));
}

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
