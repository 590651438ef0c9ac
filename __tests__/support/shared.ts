import { join } from 'node:path';
import type { Dialect, HostDatabase } from '../../scripts/host';
import { PROJECT_ROOT } from '../../scripts/host/layout';

/** The databases that every integration test runs on. */
export const DIALECTS = ['sqlite', 'postgres', 'mariadb'] as const satisfies readonly Dialect[];
export type TestDialect = (typeof DIALECTS)[number];

/** Ignored by git; emptied when a test run starts. */
export const WORK_DIR = join(PROJECT_ROOT, '.nocobase', 'test');

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
  hosts: Record<Dialect, SharedHost>;
}
