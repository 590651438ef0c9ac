import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cloneDatabase,
  createDatabase,
  databaseExists,
  dropDatabase,
  freshDatabaseName,
  type Dialect,
  type HostDatabase,
} from './database';
import { dumpOf, loadDump } from './dump';
import { createHost, databaseServer, PLUGIN, type Host } from './index';
import { linkStoredPlugin, PROJECT_ROOT } from './layout';

/** What makes one installation of NocoBase differ from another before anything is done with it. */
const NOCOBASE_VERSION = '2.2.15';

export interface TestHostOptions {
  dialect: Dialect;
  dir: string;
  port?: number;
  env?: Record<string, string>;
}

/** What a host keeps that doesn't run: all that another one needs to begin where it ended. */
export type Installation = Pick<Host, 'dir' | 'database'>;

/**
 * A host with NocoBase installed, not started, that shares nothing with another. Installing takes NocoBase a
 * quarter of a minute: the host gets a copy of an installation that is made once and kept.
 */
export async function createInstalledHost({ dialect, ...options }: TestHostOptions): Promise<Host> {
  if (dialect !== 'mysql') {
    return copyHost(await installedTemplate(dialect), options);
  }
  const host = await createHost({ database: freshDatabase(dialect), ...options });
  await host.install();
  return host;
}

/** A host with all that `kept` holds, which must not run; not started, and shares nothing with it. */
export async function copyHost(kept: Installation, options: Omit<TestHostOptions, 'dialect'>): Promise<Host> {
  const database = freshDatabase(kept.database.dialect);
  const host = await createHost({ database, ...options });
  if (database.dialect === 'postgres') {
    await cloneDatabase(kept.database, database);
  } else {
    await createDatabase(database);
    await loadDump(database, await dumpOf(kept.database));
  }
  cpSync(join(kept.dir, 'storage'), join(options.dir, 'storage'), { recursive: true });
  linkStoredPlugin(options.dir, PLUGIN);
  return host;
}

function freshDatabase(dialect: Dialect): HostDatabase {
  return dialect === 'sqlite' ? { dialect } : { dialect, server: databaseServer(dialect), name: freshDatabaseName() };
}

/** The template's database: one for each checkout, since each has a folder that belongs to it. */
function templateName(): string {
  const checkout = createHash('sha256').update(PROJECT_ROOT).digest('hex').slice(0, 8);
  return `webhook_template_${NOCOBASE_VERSION.replaceAll('.', '_')}_${checkout}`;
}

/** The kept installation for a dialect; made if it isn't there yet, or was left unfinished. */
async function installedTemplate(dialect: Exclude<Dialect, 'mysql'>): Promise<Installation> {
  const dir = join(PROJECT_ROOT, '.nocobase', `template-${dialect}-${NOCOBASE_VERSION}`);
  const done = join(dir, '.installed');
  const database: HostDatabase =
    dialect === 'sqlite' ? { dialect } : { dialect, server: databaseServer(dialect), name: templateName() };
  if (!existsSync(done) || !(await databaseExists(database))) {
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(dir, { recursive: true });
    await dropDatabase(database);
    await (await createHost({ dir, database })).install();
    writeFileSync(done, '');
  }
  return { dir, database };
}
