import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import mariadb from 'mariadb';
import pg from 'pg';

export type Dialect = 'sqlite' | 'postgres' | 'mysql' | 'mariadb';

export interface DatabaseServer {
  host: string;
  port: number;
  user: string;
  password: string;
}

/** Where a host keeps its data; `server` and `name` for all but SQLite. */
export interface HostDatabase {
  dialect: Dialect;
  server?: DatabaseServer;
  name?: string;
}

const DEFAULT_PORT: Record<Exclude<Dialect, 'sqlite'>, number> = { postgres: 5432, mysql: 3306, mariadb: 3306 };
const DEFAULT_USER: Record<Exclude<Dialect, 'sqlite'>, string> = {
  postgres: 'postgres',
  mysql: 'root',
  mariadb: 'root',
};

/** Against a server that is gone, not a process that copies files meanwhile; in milliseconds. */
export const CONNECT_TIMEOUT_MS = 30_000;

/** The database server that `DB_HOST`, `DB_PORT`, `DB_USER` and `DB_PASSWORD` name; by default the local one. */
export function databaseServer(
  dialect: Exclude<Dialect, 'sqlite'>,
  env: NodeJS.ProcessEnv = process.env,
): DatabaseServer {
  return {
    host: env.DB_HOST ?? '127.0.0.1',
    port: Number(env.DB_PORT ?? DEFAULT_PORT[dialect]),
    user: env.DB_USER ?? DEFAULT_USER[dialect],
    password: env.DB_PASSWORD ?? '',
  };
}

/** A database name that no other host has. */
export function freshDatabaseName(prefix = 'webhook_test'): string {
  return `${prefix}_${randomBytes(6).toString('hex')}`;
}

/** The variables by which NocoBase finds the database. */
export function databaseEnv({ dialect, server, name }: HostDatabase): Record<string, string> {
  if (dialect === 'sqlite') {
    return { DB_DIALECT: 'sqlite' };
  }
  if (!server || !name) {
    throw new Error(`a ${dialect} database needs a server and a name`);
  }
  return {
    DB_DIALECT: dialect,
    DB_HOST: server.host,
    DB_PORT: String(server.port),
    DB_USER: server.user,
    DB_PASSWORD: server.password,
    DB_DATABASE: name,
    ...(dialect === 'postgres' ? {} : { DB_UNDERSCORED: 'false' }),
  };
}

/** Tells in one line why a database server can't be used; null: it answers. */
export async function databaseProblem({ dialect, server }: HostDatabase): Promise<string | null> {
  if (dialect === 'sqlite' || !server) {
    return null;
  }
  const at = `${server.host}:${server.port}`;
  if (!(await isListening(server.host, server.port))) {
    return `no ${dialect} server answers at ${at}; set DB_HOST and DB_PORT, or start one`;
  }
  try {
    await run({ dialect, server }, 'SELECT 1');
    return null;
  } catch (error) {
    return `the ${dialect} server at ${at} refuses: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Creates the host's database if it isn't there. */
export async function createDatabase(database: HostDatabase): Promise<void> {
  const { dialect, name } = database;
  if (dialect === 'sqlite' || !name) {
    return;
  }
  if (dialect !== 'postgres') {
    await run(database, `CREATE DATABASE IF NOT EXISTS \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`);
    return;
  }
  if (!(await databaseExists(database))) {
    await run(database, `CREATE DATABASE "${name}"`);
  }
}

/** Makes a PostgreSQL database with all that is in `template`, to which nobody may be connected. */
export async function cloneDatabase(template: HostDatabase, database: HostDatabase): Promise<void> {
  await run(database, `CREATE DATABASE "${database.name}" TEMPLATE "${template.name}"`);
}

/** Whether the host's database is there; SQLite's comes with its folder. */
export async function databaseExists(database: HostDatabase): Promise<boolean> {
  const { dialect, name } = database;
  if (dialect === 'sqlite') {
    return true;
  }
  const catalogue =
    dialect === 'postgres'
      ? `SELECT 1 FROM pg_database WHERE datname = '${name}'`
      : `SELECT 1 FROM information_schema.schemata WHERE schema_name = '${name}'`;
  return (await run(database, catalogue)).length > 0;
}

/** Whether the host's database, which exists, has no tables. */
export async function databaseIsEmpty(database: HostDatabase): Promise<boolean> {
  const schema = database.dialect === 'postgres' ? 'public' : database.name;
  const tables = `SELECT 1 FROM information_schema.tables WHERE table_schema = '${schema}' LIMIT 1`;
  return (await run(database, tables, database.name)).length === 0;
}

/** Drops the host's database, whoever is still connected. */
export async function dropDatabase(database: HostDatabase): Promise<void> {
  const { dialect, name } = database;
  if (dialect === 'sqlite' || !name) {
    return;
  }
  await run(
    database,
    dialect === 'postgres' ? `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)` : `DROP DATABASE IF EXISTS \`${name}\``,
  );
}

/** Runs one statement on the server, outside any host's database unless PostgreSQL is told one; gives its rows. */
async function run({ dialect, server }: HostDatabase, sql: string, within = 'postgres'): Promise<unknown[]> {
  if (!server) {
    return [];
  }
  if (dialect === 'postgres') {
    const client = new pg.Client({ ...server, database: within });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }
  const connection = await mariadb.createConnection({ ...server, connectTimeout: CONNECT_TIMEOUT_MS });
  try {
    const rows: unknown = await connection.query(sql);
    return Array.isArray(rows) ? rows : [];
  } finally {
    await connection.end();
  }
}

/** Whether something listens at a TCP port. */
export function isListening(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 });
    const done = (listening: boolean) => {
      socket.destroy();
      resolve(listening);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
    socket.once('timeout', () => done(false));
  });
}
