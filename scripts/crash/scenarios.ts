import { execFileSync } from 'node:child_process';
import { closeSync, cpSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createCluster, removeCluster } from '../cluster';
import { databaseServer, type Dialect, type Host } from '../host';
import { createInstalledHost } from '../host/template';
import { CuttableProxy } from './CuttableProxy';
import { ownTarget, webhookTarget, type Target } from './target';
import { settled, type Verdict } from './verdict';

/** What a full disk is filled with, at a time. */
const PIECE = Buffer.alloc(64 << 10);

export interface Setting {
  dialect: Dialect;
  /** Whether callers wait for the run. */
  sync: boolean;
  rounds: number;
  /** The packed plugin. */
  tgz: string;
  /** A folder that isn't there yet. */
  dir: string;
}

/** Disturbs a NocoBase under load, again and again, and tells what became of what was acknowledged. */
export type Scenario = (setting: Setting) => Promise<Verdict>;

/** `kill -9` at a random instant, and a restart. */
export const kill: Scenario = (setting) =>
  onHost(setting, {}, async (host) =>
    underLoad(host, setting, await webhookTarget([host], setting.sync), killAndStart),
  );

/** The same, of a workflow that NocoBase's own route starts: what there is without this plugin. */
export const own: Scenario = (setting) =>
  onHost(setting, {}, async (host) => underLoad(host, setting, await ownTarget(host), killAndStart));

/** The database goes away for some seconds, and comes back. */
export const outage: Scenario = async (setting) => {
  if (setting.dialect === 'sqlite') {
    throw new Error('SQLite has no server that could go away');
  }
  const proxy = await CuttableProxy.open(databaseServer(setting.dialect));
  const env = { DB_HOST: proxy.address.host, DB_PORT: String(proxy.address.port) };
  try {
    return await onHost(setting, env, async (host) =>
      underLoad(host, setting, await webhookTarget([host], setting.sync), async () => {
        proxy.cut();
        await delay(1_000 + Math.random() * 4_000);
        proxy.mend();
      }),
    );
  } finally {
    await proxy.close();
  }
};

/** The disk of the database is full for some seconds. As root only: it wants a small disk of its own. */
export const full: Scenario = (setting) => {
  if (setting.dialect !== 'sqlite') {
    throw new Error('a full disk is tried on SQLite only');
  }
  return onHost(setting, {}, async (host) => {
    const disk = join(host.dir, 'storage', 'db');
    await host.stop();
    moveToSmallDisk(disk);
    try {
      await host.start();
      return await underLoad(host, setting, await webhookTarget([host], setting.sync), async () => {
        const ballast = join(disk, 'ballast');
        fillDisk(ballast);
        await delay(1_000 + Math.random() * 3_000);
        rmSync(ballast);
      });
    } finally {
      await host.stop();
      execFileSync('umount', [disk]);
    }
  });
};

/** Writes until nothing more fits. The database writes meanwhile, so how much that is can't be told beforehand. */
function fillDisk(file: string): void {
  const handle = openSync(file, 'w');
  try {
    for (;;) {
      writeSync(handle, PIECE);
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) {
      throw error;
    }
  } finally {
    closeSync(handle);
  }
}

function moveToSmallDisk(folder: string): void {
  const before = `${folder}-before`;
  renameSync(folder, before);
  mkdirSync(folder);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256m', 'tmpfs', folder]);
  cpSync(before, folder, { recursive: true });
}

/** Three nodes on one database; one of them is killed, and comes back. */
export const cluster: Scenario = async (setting) => {
  const { dialect, dir, tgz } = setting;
  if (dialect === 'sqlite') {
    throw new Error('SQLite takes one node only');
  }
  const redisUrl = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379/12';
  const hosts = await createCluster({ dialect, dir, tgz, nodes: [{}, {}, {}], redisUrl });
  try {
    const target = await webhookTarget(hosts, setting.sync);
    const victims = hosts.slice(1);
    return await underLoad(hosts[0] as Host, setting, target, async (_host, round) => {
      await killAndStart(victims[round % victims.length] as Host);
    });
  } finally {
    await removeCluster(hosts);
  }
};

async function onHost(
  { dialect, dir, tgz }: Setting,
  env: Record<string, string>,
  work: (host: Host) => Promise<Verdict>,
): Promise<Verdict> {
  const host = await createInstalledHost({ dialect, dir, env });
  try {
    await host.start();
    await host.api.installPlugin(tgz);
    return await work(host);
  } finally {
    await host.remove();
  }
}

async function underLoad(
  host: Host,
  { rounds }: Setting,
  { key, load }: Target,
  disturb: (host: Host, round: number) => Promise<void>,
): Promise<Verdict> {
  load.start();
  try {
    for (let round = 0; round < rounds; round++) {
      await delay(500 + Math.random() * 2_500);
      await disturb(host, round);
      console.log(`  round ${round + 1}: ${load.sent} sent, ${load.acknowledged.size} acknowledged`);
    }
    await delay(1_000);
  } finally {
    await load.stop();
  }
  return settled(host, key, load.acknowledged);
}

async function killAndStart(host: Host): Promise<void> {
  await host.kill();
  await delay(Math.random() * 500);
  await host.start();
}
