import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LAUNCHER_FILE } from './layout';

const LOG_FILE = 'host.log';
const STOP_TIMEOUT = 20_000;

/** Every NocoBase process that this one started and that still runs: none may outlive it. */
const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/**
 * What NocoBase's process gets to see: what it needs of ours, and what the host says. By `NODE_PATH`, as NocoBase's
 * own command line sets it, the packages find the plugins of this app.
 */
function childEnv(dir: string, env: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG, TMPDIR } = process.env;
  return { PATH, HOME, LANG, TMPDIR, TZ: 'UTC', NODE_PATH: join(dir, 'node_modules'), ...env };
}

/**
 * Starts `node run.cjs <args>` in the app's folder; its output goes to `host.log` there. It is out of reach of the
 * terminal's Ctrl-C, so that it is stopped once, by us.
 */
export function launch(dir: string, args: string[], env: Record<string, string>): ChildProcess {
  const log = createWriteStream(join(dir, LOG_FILE), { flags: 'a' });
  const child = spawn(process.execPath, [LAUNCHER_FILE, ...args], {
    cwd: dir,
    env: childEnv(dir, env),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  // Whichever of the two ends first doesn't end the file for the other.
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  child.once('close', () => log.end());
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Resolves when the process has ended well; else throws, with where its output is. */
export async function finished(child: ChildProcess, dir: string): Promise<void> {
  const code = await exitCode(child);
  if (code !== 0) {
    throw new Error(`NocoBase ended with ${String(code)}; its output is in ${join(dir, LOG_FILE)}`);
  }
}

/** Waits until NocoBase answers; throws if its process ends before, or `timeoutMs` passes. */
export async function healthy(child: ChildProcess, healthUrl: string, dir: string, timeoutMs = 300_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`NocoBase ended while it started; its output is in ${join(dir, LOG_FILE)}`);
    }
    // A request that arrives while NocoBase starts may never be answered.
    const answer = await fetch(healthUrl, { signal: AbortSignal.timeout(5_000) })
      .then((response) => response.text())
      .catch(() => '');
    if (answer === 'ok') {
      return;
    }
    if (answer.includes('"APP_ERROR"')) {
      throw new Error(`NocoBase failed to start: ${answer}; its output is in ${join(dir, LOG_FILE)}`);
    }
    await delay(100);
  }
  throw new Error(`NocoBase did not answer within ${timeoutMs / 1000} s; its output is in ${join(dir, LOG_FILE)}`);
}

/** Asks the process to end, and makes it end if it doesn't. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const ended = exitCode(child);
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT);
  await ended;
  clearTimeout(late);
}

/** A port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

function exitCode(child: ChildProcess): Promise<number | NodeJS.Signals | null> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return Promise.resolve(child.exitCode ?? child.signalCode);
  }
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
}
