import { execFile } from 'node:child_process';
import type { DatabaseServer, HostDatabase } from './database';

/** Bounds what a dump may be, in bytes. */
const MAX_DUMP = 1 << 28;

/**
 * All that is in a host's database, as its own client writes it down (`pg_dump`, `mariadb-dump`); empty for SQLite,
 * whose database is a file of the host's folder. Throws if the client isn't installed.
 */
export async function dumpOf({ dialect, server, name }: HostDatabase): Promise<Buffer> {
  if (dialect === 'sqlite' || !server || !name) {
    return Buffer.alloc(0);
  }
  return dialect === 'postgres'
    ? runClient(server, 'pg_dump', [`--username=${server.user}`, '--no-password', name])
    : // A large table is written as hexadecimal text otherwise, in which nothing would be found.
      runClient(server, 'mariadb-dump', [`--user=${server.user}`, '--skip-hex-blob', name]);
}

/** Puts what `dumpOf` gave of a MariaDB database into another one, which is there and empty. */
export async function loadDump({ server, name }: HostDatabase, dump: Buffer): Promise<void> {
  if (server && name) {
    await runClient(server, 'mariadb', [`--user=${server.user}`, name], dump);
  }
}

function runClient(
  { host, port, password }: DatabaseServer,
  command: string,
  args: string[],
  input?: Buffer,
): Promise<Buffer> {
  const env = { ...process.env, PGPASSWORD: password, MYSQL_PWD: password };
  const options = { encoding: 'buffer', maxBuffer: MAX_DUMP, env } as const;
  return new Promise((resolve, reject) => {
    const child = execFile(command, [`--host=${host}`, `--port=${port}`, ...args], options, (error, output) =>
      error ? reject(error) : resolve(output),
    );
    child.stdin?.end(input);
  });
}
