import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createDatabase,
  databaseExists,
  dropDatabase,
  freshDatabaseName,
  type Dialect,
  type HostDatabase,
} from './database';
import { createHost, databaseServer, type Host } from './index';
import { PROJECT_ROOT } from './layout';

/** What makes one installation of NocoBase differ from another before anything is done with it. */
const NOCOBASE_VERSION = '2.2.15';

export interface TestHostOptions {
  dialect: Dialect;
  dir: string;
  port?: number;
  env?: Record<string, string>;
}

/**
 * A host with NocoBase installed, not started, that shares nothing with another. Installing takes NocoBase a
 * quarter of a minute: SQLite and PostgreSQL get a copy of an installation that is made once and kept.
 */
export async function createInstalledHost({ dialect, dir, ...options }: TestHostOptions): Promise<Host> {
  const database = freshDatabase(dialect);
  const host = await createHost({ dir, database, ...options });
  if (dialect === 'mysql' || dialect === 'mariadb') {
    await host.install();
    return host;
  }
  const template = await installedTemplate(dialect);
  await createDatabase(database, template.name);
  cpSync(join(template.dir, 'storage'), join(dir, 'storage'), { recursive: true });
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
async function installedTemplate(dialect: 'sqlite' | 'postgres'): Promise<{ dir: string; name?: string }> {
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
  return { dir, name: database.name };
}
