import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../host';
import { step } from '../step';
import { ensurePrograms, MissingPrograms, type Machine } from './programs';
import { startServices, type StartedService } from './services';

/**
 * Finds, installs or starts what the tests need, runs jest with these arguments, and stops what it started; gives the
 * exit code. The last line that is printed is `N passed, N failed`, also where the tests could not begin.
 */
export async function runTests(args: readonly string[], machine: Machine): Promise<number> {
  const started: StartedService[] = [];
  process.on('exit', () => started.forEach((service) => service.kill()));
  try {
    await step(
      'Programs',
      () => ensurePrograms(machine),
      (note) => note,
    );
    await startServices(started);
    return await jest(args);
  } catch (error) {
    const lines = error instanceof MissingPrograms ? error.lines : [error instanceof Error ? error.message : error];
    lines.forEach((line) => console.error(line));
    console.log('0 passed, 1 failed');
    return 1;
  } finally {
    await Promise.all(started.map((service) => service.stop()));
  }
}

function jest(args: readonly string[]): Promise<number> {
  const bin = join(PROJECT_ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...args], { cwd: PROJECT_ROOT, stdio: 'inherit' })
      .once('error', reject)
      .once('exit', (code) => resolve(code ?? 1));
    // What was started is stopped when jest has ended, which gets the terminal's Ctrl-C as well as we do.
    process.on('SIGINT', () => {});
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => child.kill(signal));
    }
  });
}
