import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { databaseServer, type Dialect, type HostDatabase } from '../host/database';
import { PROJECT_ROOT } from '../host/layout';

export const USAGE = `npm start -- [options]

  --port <number>                  port of NocoBase; default 13000
  --db sqlite|postgres|mysql       database; default sqlite. The others are found by DB_HOST, DB_PORT,
                                   DB_USER, DB_PASSWORD and DB_DATABASE (default nocobase_webhook)
  --data <dir>                     folder for the app; default .nocobase/start-<db>
  --reset                          begin anew: what an earlier start made there is deleted
  --help                           this text
`;

/** What can be chosen on the command line. `mysql` is MySQL or MariaDB: NocoBase has a driver for each. */
const DATABASES: Record<string, Dialect> = {
  sqlite: 'sqlite',
  postgres: 'postgres',
  mysql: 'mysql',
  mariadb: 'mariadb',
};

export interface StartOptions {
  port: number;
  dir: string;
  database: HostDatabase;
  reset: boolean;
}

/** Something the one who typed the command can mend; said in one line, without a stack. */
export class StartError extends Error {}

/** Reads the command line; null: help is asked for. Throws {@link StartError}. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv = process.env): StartOptions | null {
  const values = parse(args);
  if (values.help) {
    return null;
  }
  const port = Number(values.port ?? 13000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StartError(`--port ${String(values.port)} is not a port: give a number from 1 to 65535.`);
  }
  const name = values.db ?? 'sqlite';
  const dialect = Object.hasOwn(DATABASES, name) ? DATABASES[name] : undefined;
  if (!dialect) {
    throw new StartError(`--db ${name} is not known: choose sqlite, postgres or mysql.`);
  }
  return {
    port,
    dir: resolve(values.data ?? `${PROJECT_ROOT}/.nocobase/start-${name}`),
    database:
      dialect === 'sqlite'
        ? { dialect }
        : { dialect, server: databaseServer(dialect, env), name: env.DB_DATABASE ?? 'nocobase_webhook' },
    reset: values.reset ?? false,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string' },
        db: { type: 'string' },
        data: { type: 'string' },
        reset: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    const [problem] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new StartError(`${problem}: npm start -- --help lists the options.`);
  }
}
