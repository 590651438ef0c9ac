import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isListening } from '../host';
import { step } from '../step';

/** A server that the tests talk to: the one that answers at its port, or one of ours that lives as long as they do. */
interface Service {
  title: string;
  port: number;
  /** The server's program. */
  command: string;
  /** Debian's package. */
  debian: string;
  /** Who runs it where we are root, which the program refuses. */
  user?: string;
  /** Fills an empty folder with what the server begins with. */
  prepare?: (run: Run, dir: string) => void;
  args: (dir: string) => string[];
  /** On which it ends at once, whoever is connected. */
  stopSignal: NodeJS.Signals;
}

/** Runs a program of the service's to its end; throws with what it printed if it fails. */
type Run = (command: string, args: string[]) => void;

export const SERVICES: readonly Service[] = [
  {
    title: 'PostgreSQL',
    port: 5432,
    command: 'postgres',
    debian: 'postgresql',
    user: 'postgres',
    prepare: (run, dir) => run('initdb', ['-D', dir, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync']),
    args: (dir) => ['-D', dir, '-p', '5432', '-c', 'listen_addresses=127.0.0.1', '-k', dir],
    stopSignal: 'SIGINT',
  },
  {
    title: 'MariaDB',
    port: 3306,
    command: 'mariadbd',
    debian: 'mariadb-server',
    user: 'mysql',
    prepare: (run, dir) =>
      run('mariadb-install-db', [
        '--no-defaults',
        `--datadir=${dir}`,
        '--auth-root-authentication-method=normal',
        '--skip-test-db',
      ]),
    args: (dir) => [
      '--no-defaults',
      `--datadir=${dir}`,
      '--port=3306',
      '--bind-address=127.0.0.1',
      `--socket=${join(dir, 'server.sock')}`,
      `--pid-file=${join(dir, 'server.pid')}`,
    ],
    stopSignal: 'SIGTERM',
  },
  {
    title: 'Redis',
    port: 6379,
    command: 'redis-server',
    debian: 'redis-server',
    args: (dir) => ['--port', '6379', '--bind', '127.0.0.1', '--save', '', '--dir', dir],
    stopSignal: 'SIGTERM',
  },
];

/** In milliseconds. */
const START_TIMEOUT_MS = 60_000;

/** A server of ours. */
export class StartedService {
  private output = '';

  constructor(
    private readonly child: ChildProcess,
    private readonly dir: string,
    private readonly service: Service,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text: Buffer) => (this.output = (this.output + text.toString()).slice(-2_000)));
    }
  }

  /** Resolves when it answers at its port; throws with its last output if it ends before, or a minute passes. */
  async isReady(): Promise<void> {
    const { title, port } = this.service;
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (!(await isListening('127.0.0.1', port))) {
      if (this.hasEnded || Date.now() > deadline) {
        throw new Error(`${title} does not start. It says:\n${this.output}`);
      }
      await delay(100);
    }
  }

  /** Ends it, and takes its folder away. */
  async stop(): Promise<void> {
    if (!this.hasEnded) {
      this.child.kill(this.service.stopSignal);
      await once(this.child, 'exit');
    }
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** Ends it without waiting. */
  kill(): void {
    this.child.kill(this.service.stopSignal);
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}

/** Starts the servers that don't answer, and puts each among `started` as soon as there is something to stop. */
export async function startServices(started: StartedService[]): Promise<void> {
  for (const service of SERVICES) {
    const start = async () => {
      if (await isListening('127.0.0.1', service.port)) {
        return 'answers';
      }
      const own = launch(service);
      started.push(own);
      await own.isReady();
      return 'started for this run';
    };
    await step(service.title, start, (note) => note);
  }
}

function launch(service: Service): StartedService {
  const { title, command, user, prepare, args } = service;
  const dir = mkdtempSync(join(tmpdir(), `webhook-test-${title.toLowerCase()}-`));
  const owner: Partial<ReturnType<typeof idsOf>> = process.getuid?.() === 0 && user ? idsOf(user) : {};
  if (owner.uid !== undefined && owner.gid !== undefined) {
    chownSync(dir, owner.uid, owner.gid);
  }
  const program = (name: string) => {
    const path = findProgram(name);
    if (!path) {
      throw new Error(`${title} has no ${name} beside its ${command}`);
    }
    return path;
  };
  prepare?.((name, given) => {
    const { status, stdout, stderr } = spawnSync(program(name), given, { ...owner, cwd: dir, encoding: 'utf8' });
    if (status !== 0) {
      throw new Error(`${name} failed:\n${stdout}${stderr}`);
    }
  }, dir);
  // A process group of its own: the terminal's Ctrl-C is for the tests, which still need it while they end.
  const child = spawn(program(command), args(dir), {
    ...owner,
    cwd: dir,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new StartedService(child, dir, service);
}

function idsOf(user: string): { uid: number; gid: number } {
  const id = (flag: string) => Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

/** The path of a program; Debian keeps PostgreSQL's beside each other by version, off the path: then of the newest. */
export function findProgram(name: string): string | undefined {
  const versions = '/usr/lib/postgresql';
  const newestFirst = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/sbin',
    ...newestFirst.map((version) => join(versions, version, 'bin')),
  ];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
