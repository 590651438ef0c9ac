import { existsSync } from 'node:fs';
import { isListening } from '../host';
import { findProgram, SERVICES } from './services';

/** What the first steps, which run before any package is installed, can do. */
export interface Machine {
  /** Installs Debian's packages; false: this isn't Debian, or not root, or it failed. */
  installOnDebian(packages: string[]): boolean;
  isOnPath(command: string): boolean;
}

/** What is neither there nor could be installed: a line each, with what to do. */
export class MissingPrograms extends Error {
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
  }
}

/** A server is needed only where none answers at its port. */
type Server = Pick<(typeof SERVICES)[number], 'title' | 'port' | 'command' | 'debian'>;

interface Needed {
  /** Any of these will do. */
  commands: readonly string[];
  debian: string;
  what: string;
}

/** The names that Chromium goes by. */
export const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome'];

const CLIENTS: readonly Needed[] = [
  { commands: CHROMIUM, debian: 'chromium', what: 'Chromium, for the browser tests' },
  { commands: ['pg_dump'], debian: 'postgresql-client', what: "PostgreSQL's pg_dump" },
  { commands: ['mariadb-dump'], debian: 'mariadb-client', what: "MariaDB's mariadb-dump and mariadb" },
];

/** Installs what is missing where that can be done; says what it did. Throws `MissingPrograms`. */
export async function ensurePrograms(machine: Machine, services: readonly Server[] = SERVICES): Promise<string> {
  const missing = await missingPrograms(machine, services);
  if (missing.length === 0) {
    return 'all are there';
  }
  const names = missing.map(({ debian }) => debian);
  if (!machine.installOnDebian(names)) {
    throw new MissingPrograms(missing.map(hint));
  }
  const still = await missingPrograms(machine, services);
  if (still.length > 0) {
    throw new MissingPrograms(still.map(hint));
  }
  return `installed ${names.join(', ')}`;
}

async function missingPrograms({ isOnPath }: Machine, services: readonly Server[]): Promise<Needed[]> {
  const isSet = (commands: readonly string[]) => commands === CHROMIUM && process.env.CHROMIUM;
  const clients = CLIENTS.filter(({ commands }) => !isSet(commands) && !commands.some(isOnPath));
  const servers: Needed[] = [];
  for (const { title, port, command, debian } of services) {
    if (!(await isListening('127.0.0.1', port)) && !findProgram(command)) {
      servers.push({ commands: [command], debian, what: `${title}, of which none answers at 127.0.0.1:${port}` });
    }
  }
  return [...clients, ...servers];
}

function hint({ what, commands, debian }: Needed): string {
  const how = existsSync('/etc/debian_version')
    ? `apt-get install ${debian}, as root`
    : `install ${commands.join(' or ')}`;
  return `Missing: ${what}. To have it: ${how}.`;
}
