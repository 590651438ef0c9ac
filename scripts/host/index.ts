/**
 * A real NocoBase, brought up and down by code: `npm start`, the tests and the benchmark use this one.
 *
 *   const host = await createHost({ dir, database: { dialect: 'sqlite' } });
 *   await host.install();                       // once per folder and database
 *   await host.start();
 *   await host.api.installPlugin(tgz);
 *   await host.api.action('workflows:create', { … });
 *   await fetch(`${host.url}/api/webhooks/…`);
 *   await host.stop();                          // or kill('SIGKILL'), then start() again
 *   await host.remove();                        // the folder and the database
 *
 * Two instances of a cluster are two hosts with a folder each, the same database, and the same APP_KEY in `env`. Start
 * one after the other: on a new database, two NocoBase that start at once insert the same rows, and one fails.
 */
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN, Api } from './api';
import { createDatabase, databaseEnv, dropDatabase, type HostDatabase } from './database';
import { layOutApp } from './layout';
import { finished, freePort, healthy, launch, stop } from './process';

export { ADMIN, Api, PLUGIN } from './api';
export * from './database';
export { PROJECT_ROOT } from './layout';

export interface HostOptions {
  /** The app's folder; made if it isn't there. */
  dir: string;
  database: HostDatabase;
  /** Default: one that is free. */
  port?: number;
  /** More environment variables for NocoBase, such as `API_BASE_PATH`. */
  env?: Record<string, string>;
}

/** One NocoBase process with its folder and database. */
export class Host {
  private child: ChildProcess | null = null;
  readonly url: string;
  readonly api: Api;

  constructor(
    readonly dir: string,
    readonly database: HostDatabase,
    readonly port: number,
    private readonly env: Record<string, string>,
  ) {
    this.url = `http://127.0.0.1:${port}`;
    this.api = new Api(`${this.url}${this.apiPath}`);
  }

  /** NocoBase's API base path in this host, with a slash at either end. */
  get apiPath(): string {
    const publicPath = (this.env.APP_PUBLIC_PATH ?? '/').replace(/\/$/, '');
    return `${publicPath}${this.env.API_BASE_PATH ?? '/api/'}`;
  }

  /** Process id of the running NocoBase; undefined: it isn't running. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Creates the database and lets NocoBase fill it. */
  async install(): Promise<void> {
    await createDatabase(this.database);
    await finished(launch(this.dir, ['install', '--lang=en-US'], this.processEnv()), this.dir);
  }

  /** Starts NocoBase and waits until it answers. */
  async start(): Promise<void> {
    this.child = launch(this.dir, ['start'], this.processEnv());
    await healthy(this.child, `${this.url}${this.apiPath}__health_check`, this.dir);
  }

  /** Stops NocoBase the way an operator does; resolves when its process is gone. */
  async stop(): Promise<void> {
    if (this.child) {
      await stop(this.child);
      this.child = null;
    }
  }

  /** Ends the process at once, as a crash would. */
  async kill(): Promise<void> {
    if (this.child) {
      const gone = new Promise((resolve) => this.child?.once('exit', resolve));
      this.child.kill('SIGKILL');
      await gone;
      this.child = null;
    }
  }

  /** Resolves when NocoBase's process has ended, for whatever reason; at once if it isn't running. */
  async ended(): Promise<void> {
    const { child } = this;
    if (child && child.exitCode === null && child.signalCode === null) {
      await new Promise((resolve) => child.once('exit', resolve));
    }
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** What NocoBase wrote to its output so far. */
  log(): string {
    const file = join(this.dir, 'host.log');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  /** Stops NocoBase, and takes its folder and database away. */
  async remove(): Promise<void> {
    await this.stop();
    await dropDatabase(this.database);
    rmSync(this.dir, { recursive: true, force: true });
  }

  private processEnv(): Record<string, string> {
    return {
      APP_ENV: 'production',
      APP_PORT: String(this.port),
      APP_KEY: appKey(this.dir),
      INIT_ROOT_EMAIL: ADMIN.email,
      INIT_ROOT_PASSWORD: ADMIN.password,
      INIT_ROOT_NICKNAME: ADMIN.nickname,
      INIT_ROOT_USERNAME: ADMIN.username,
      ...databaseEnv(this.database),
      ...this.env,
    };
  }
}

/** Lays out the app's folder. Nothing is installed or started yet. */
export async function createHost({ dir, database, port, env = {} }: HostOptions): Promise<Host> {
  layOutApp(dir);
  return new Host(dir, database, port ?? (await freePort()), env);
}

/** The key with which NocoBase signs its tokens: made once for a folder, and kept there. */
function appKey(dir: string): string {
  const file = join(dir, '.app-key');
  if (!existsSync(file)) {
    mkdirSync(dir, { recursive: true });
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
}
