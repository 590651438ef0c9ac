import { join } from 'node:path';
import type { Dialect, HostDatabase } from '../../scripts/host';
import { PROJECT_ROOT } from '../../scripts/host/layout';

const ALL_DIALECTS = ['sqlite', 'postgres', 'mariadb'] as const satisfies readonly Dialect[];
export type TestDialect = (typeof ALL_DIALECTS)[number];

/** The databases that every integration test runs on; `TEST_DIALECTS=sqlite` narrows them while one works on a test. */
export const DIALECTS: readonly TestDialect[] = process.env.TEST_DIALECTS
  ? ALL_DIALECTS.filter((dialect) => process.env.TEST_DIALECTS?.split(',').includes(dialect))
  : ALL_DIALECTS;

/**
 * The databases for tests that make whole instances stop and wait until leases have ended, which takes minutes on each:
 * the one that the file names, and with `TEST_RECOVERY=all`, as `npm run test:recovery` sets it, every one.
 */
export function recoveryDialects(usual: TestDialect): readonly TestDialect[] {
  return process.env.TEST_RECOVERY === 'all' ? DIALECTS : DIALECTS.filter((dialect) => dialect === usual);
}

/** The database of a test file's own host that names none. */
export const OWN_HOST_DIALECT: TestDialect = 'sqlite';

/** Through which the run's own processes learn of its folder. */
const WORK_DIR_VARIABLE = 'WEBHOOK_TEST_DIR';

/** Each test run has a folder of its own, ignored by git, so that two runs don't meet. */
export const WORK_DIR = (process.env[WORK_DIR_VARIABLE] ??= join(
  PROJECT_ROOT,
  '.nocobase',
  'test',
  String(process.pid),
));

/** Through which the set-up tells the test files, which run in processes of their own, where the hosts are. */
export const SHARED_FILE = join(WORK_DIR, 'shared.json');

export interface SharedHost {
  url: string;
  /** With a slash at either end. */
  apiPath: string;
  dir: string;
  database: HostDatabase;
}

export interface SharedHosts {
  /** The packed plugin. */
  tgz: string;
  /** With the plugin installed and enabled, not running: what a test file's own host begins with. */
  installed: Partial<Record<Dialect, Pick<SharedHost, 'dir' | 'database'>>>;
  hosts: Partial<Record<Dialect, SharedHost>>;
}
