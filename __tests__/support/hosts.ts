import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Api, type Dialect, type Host } from '../../scripts/host';
import { copyHost } from '../../scripts/host/template';
import {
  DIALECTS,
  OWN_HOST_DIALECT,
  SHARED_FILE,
  WORK_DIR,
  type SharedHost,
  type SharedHosts,
  type TestDialect,
} from './shared';

/** A shared host as a test sees it. */
export interface TestHost extends SharedHost {
  api: Api;
  /** URL of a webhook: its path, or the workflow's key. */
  webhook(path: string): string;
}

/** The packed plugin that the hosts run. */
export function packedPlugin(): string {
  return readShared().tgz;
}

/** The host that runs for all tests on this database. Tests share it: give every workflow a path of its own. */
export function sharedHost(dialect: TestDialect): TestHost {
  const host = readShared().hosts[dialect];
  if (!host) {
    throw new Error(`no host runs on ${dialect}: TEST_DIALECTS leaves it out`);
  }
  const base = `${host.url}${host.apiPath}`;
  return { ...host, api: new Api(base), webhook: (path) => `${base}webhooks/${path}` };
}

/** Runs the same tests on every database. */
export function onEveryDatabase(what: string, tests: (host: TestHost) => void): void {
  describe.each(DIALECTS)(`${what} on %s`, (dialect) => tests(sharedHost(dialect)));
}

/**
 * Runs the same tests on every database that has a server. For what makes many runs at once: NocoBase's engine on
 * SQLite can't bear that, and fails some of them.
 */
export function onEveryServer(what: string, tests: (host: TestHost) => void): void {
  describe.each(DIALECTS.filter((dialect) => dialect !== 'sqlite'))(`${what} on %s`, (dialect) =>
    tests(sharedHost(dialect)),
  );
}

/**
 * A host for one test file alone, with the plugin installed and running; for tests that restart it or need
 * environment variables. Remove it when done: `afterAll(() => host.remove())`.
 */
export async function ownHost(options: { dialect?: Dialect; env?: Record<string, string> } = {}): Promise<Host> {
  const dialect = options.dialect ?? OWN_HOST_DIALECT;
  const installed = readShared().installed[dialect];
  if (!installed) {
    throw new Error(`nothing is installed on ${dialect}: TEST_DIALECTS leaves it out`);
  }
  const host = await copyHost(installed, { dir: join(WORK_DIR, `own-${unique()}`), env: options.env });
  await host.start();
  return host;
}

/** A short text that no other call gives: for paths and titles. */
export function unique(prefix = ''): string {
  return `${prefix}${randomBytes(5).toString('hex')}`;
}

function readShared(): SharedHosts {
  return JSON.parse(readFileSync(SHARED_FILE, 'utf8')) as SharedHosts;
}
