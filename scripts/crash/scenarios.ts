import { execFileSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createCluster, removeCluster } from '../cluster';
import { databaseServer, type Dialect, type Host } from '../host';
import { createInstalledHost } from '../host/template';
import { CuttableProxy } from './CuttableProxy';
import { SlowServer } from './SlowServer';
import {
  CALLERS,
  CONCURRENCY,
  callingTarget,
  countedTarget,
  ownTarget,
  switchVersion,
  webhookTarget,
  type Target,
} from './target';
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
export const outage: Scenario = (setting) =>
  throughProxy(setting, async (proxy) => {
    proxy.cut();
    await delay(1_000 + Math.random() * 4_000);
    proxy.mend();
  });

/** For some seconds the connections break on which the database would have said that something is stored. */
export const commits: Scenario = (setting) =>
  throughProxy(setting, async (proxy) => {
    proxy.losesCommits = true;
    await delay(1_000 + Math.random() * 4_000);
    proxy.losesCommits = false;
  });

/** What is written and asked over connections of our own, most of it. */
const OURS = /webhook(Deliveries|Instances|Queues)|INSERT INTO \S*(executions|jobs)/;

/** A connection falls silent in the middle of its work, and stays open. */
export const silent: Scenario = (setting) =>
  throughProxy(setting, async (proxy) => {
    proxy.silence = { at: OURS, isHeard: Math.random() < 0.5 };
    await delay(1_000 + Math.random() * 4_000);
    proxy.silence = null;
  });

/** NocoBase is told to end while each run waits for an answer to a call of its own, and starts again: no call goes out twice. */
export const stop: Scenario = async (setting) => {
  const slow = await SlowServer.open(2_000);
  try {
    return await onHost(setting, {}, async (host) => {
      const target = await callingTarget(host, slow.url, setting.sync);
      const verdict = await underLoad(host, setting, target, async () => {
        await host.stop();
        await host.start();
      });
      const again = [...slow.calls].filter(([, count]) => count > 1).map(([number]) => number);
      return { ...verdict, twice: [...new Set([...verdict.twice, ...again])] };
    });
  } finally {
    await slow.close();
  }
};

/** The machine's clock is set back by an hour, and forward again. */
export const clock: Scenario = async (setting) => {
  const folder = mkdtempSync(join(tmpdir(), 'webhook-clock-'));
  const file = join(folder, 'offset');
  const set = (milliseconds: number): void => writeFileSync(file, String(milliseconds));
  set(0);
  const env = { NODE_OPTIONS: `--require ${join(__dirname, 'clockPreload.cjs')}`, WEBHOOK_CRASH_CLOCK: file };
  try {
    return await onHost(setting, env, async (host) =>
      underLoad(host, setting, await webhookTarget([host], setting.sync), async () => {
        set(-3_600_000);
        await delay(1_000 + Math.random() * 2_000);
        set(0);
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** A new version is switched on. No call may be refused meanwhile. */
export const versions: Scenario = (setting) =>
  onHost(setting, {}, async (host) => {
    const target = await webhookTarget([host], setting.sync);
    const verdict = await underLoad(host, setting, target, () => switchVersion(host, target.key));
    return { ...verdict, refused: target.load.refused };
  });

async function throughProxy(setting: Setting, disturb: (proxy: CuttableProxy) => Promise<void>): Promise<Verdict> {
  if (setting.dialect === 'sqlite') {
    throw new Error('SQLite has no server');
  }
  const proxy = await CuttableProxy.open(databaseServer(setting.dialect));
  const env = { DB_HOST: proxy.address.host, DB_PORT: String(proxy.address.port) };
  try {
    return await onHost(setting, env, async (host) =>
      underLoad(host, setting, await webhookTarget([host], setting.sync), () => disturb(proxy)),
    );
  } finally {
    await proxy.close();
  }
}

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

/** How long an instance stands still: another one takes it over after 30 to 50 seconds. */
const STALL_MS = 65_000;

/**
 * Two instances without an adapter: one stands still for longer than its lease, in every second round for a second time
 * soon after, in every third both at once. Each of its open runs may have the node that was under way twice.
 */
export const stall: Scenario = async (setting) => {
  const { dialect, dir, tgz, sync } = setting;
  if (dialect === 'sqlite') {
    throw new Error('SQLite takes one node only');
  }
  const hosts = await createCluster({ dialect, dir, tgz, nodes: [{}, {}] });
  // A caller's run has no place: as many may be under way as callers wait.
  const open = sync ? CALLERS : CONCURRENCY;
  let stalls = 0;
  const standStill = async (victims: readonly Host[]) => {
    stalls += victims.length;
    victims.forEach(({ pid }) => pid !== undefined && process.kill(pid, 'SIGSTOP'));
    await delay(STALL_MS);
    victims.forEach(({ pid }) => pid !== undefined && process.kill(pid, 'SIGCONT'));
  };
  try {
    const target = await countedTarget(hosts, sync);
    const disturb = async (_host: Host, round: number) => {
      const victims = round % 3 === 2 ? hosts : [hosts[round % 2] as Host];
      await standStill(victims);
      if (round % 2 === 1) {
        await delay(Math.random() * 5_000);
        await standStill(victims);
      }
    };
    return await underLoad(hosts[0] as Host, setting, target, disturb, () => stalls * open);
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
  target: Target,
  disturb: (host: Host, round: number) => Promise<void>,
  mayRepeat = () => 0,
): Promise<Verdict> {
  const { load } = target;
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
  return settled(host, target, mayRepeat());
}

async function killAndStart(host: Host): Promise<void> {
  await host.kill();
  await delay(Math.random() * 500);
  await host.start();
}
