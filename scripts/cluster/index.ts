/**
 * A cluster: several NocoBase processes on one database, each with a folder of its own; without any adapter, or with
 * NocoBase's messages, locks and queue in Redis.
 */
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createHost, type Dialect, type Host } from '../host';
import { linkStoredPlugin } from '../host/layout';
import { packPlugin } from '../host/packPlugin';
import { createInstalledHost } from '../host/template';

const REDIS_PLUGIN = 'nocobase-plugin-test-redis-adapters';

export interface ClusterOptions {
  dialect: Exclude<Dialect, 'sqlite'>;
  /** Its folder; a node has a folder in it. */
  dir: string;
  /** The packed plugin. */
  tgz: string;
  /** How many nodes, and what each is told by its environment. */
  nodes: readonly Record<string, string>[];
  /** Where NocoBase's adapters connect to; undefined: it has none. */
  redisUrl?: string;
}

/** Brings a cluster up; its nodes run. The first one owns the database: remove it last, with `removeCluster`. */
export async function createCluster({ dialect, dir, tgz, nodes, redisUrl }: ClusterOptions): Promise<Host[]> {
  const common = {
    // Instances of a cluster share these: one signs their tokens, the other seals their secrets.
    APP_KEY: randomBytes(32).toString('hex'),
    APP_AES_SECRET_KEY: randomBytes(32).toString('hex'),
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl, LOCK_ADAPTER_DEFAULT: 'redis' }),
  };
  // Installed as a node that does everything: the others find the plugins in the database.
  const installer = await createInstalledHost({
    dialect,
    dir: join(dir, 'node-1'),
    // Until the adapter is there, NocoBase must not ask for it.
    env: { ...common, ...(redisUrl === undefined ? {} : { LOCK_ADAPTER_DEFAULT: 'local' }) },
  });
  await installer.start();
  await installer.api.installPlugin(tgz);
  if (redisUrl !== undefined) {
    mkdirSync(dir, { recursive: true });
    const adapters = await packPlugin(REDIS_PLUGIN, join(__dirname, 'redisAdapters', 'index.ts'), dir);
    await installer.api.installPlugin(adapters, REDIS_PLUGIN);
  }
  await installer.stop();
  const hosts: Host[] = [];
  for (const [index, env] of nodes.entries()) {
    const nodeDir = join(dir, `node-${index + 1}`);
    const host = await createHost({ dir: nodeDir, database: installer.database, env: { ...common, ...env } });
    takePlugins(installer.dir, nodeDir);
    // One after the other: two that start on one database at once insert the same rows.
    await host.start();
    hosts.push(host);
  }
  return hosts;
}

/** Ends the nodes, and takes their folders and the database away. */
export async function removeCluster(hosts: readonly Host[]): Promise<void> {
  await Promise.all(hosts.map((host) => host.stop()));
  for (const host of [...hosts].reverse()) {
    await host.remove();
    rmSync(dirname(host.dir), { recursive: true, force: true });
  }
}

/** Gives a node the plugins that the plugin manager has put into another's folder. */
function takePlugins(from: string, to: string): void {
  const source = join(from, 'storage', 'plugins');
  for (const name of readdirSync(source)) {
    const target = join(to, 'storage', 'plugins', name);
    if (from !== to) {
      cpSync(join(source, name), target, { recursive: true });
    }
    linkStoredPlugin(to, name);
  }
}
