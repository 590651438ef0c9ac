import { execFileSync } from 'node:child_process';
import type { HostDatabase } from '../../scripts/host';

/** Bounds what a dump of a test's database may be, in bytes. */
const MAX_DUMP = 1 << 28;

/**
 * All that is in a database, as its own client writes it down (`pg_dump`, `mariadb-dump`); empty for SQLite, whose
 * database is a file of the host's folder. Throws if the client isn't installed.
 */
export function dumpOf({ dialect, server, name }: HostDatabase): Buffer {
  if (dialect === 'sqlite' || !server || !name) {
    return Buffer.alloc(0);
  }
  const { host, port, user, password } = server;
  const where = [`--host=${host}`, `--port=${port}`];
  const [command, ...args] =
    dialect === 'postgres'
      ? ['pg_dump', ...where, `--username=${user}`, '--no-password', name]
      : // A large table is written as hexadecimal text otherwise, in which nothing would be found.
        ['mariadb-dump', ...where, `--user=${user}`, '--skip-hex-blob', name];
  return execFileSync(command, args, {
    maxBuffer: MAX_DUMP,
    env: { ...process.env, PGPASSWORD: password, MYSQL_PWD: password },
  });
}
