import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseProblem, databaseServer, type Dialect, type Host } from '../../scripts/host';
import { copyHost, createInstalledHost } from '../../scripts/host/template';
import globalTeardown from './globalTeardown';
import packSetup from './packSetup';
import { DIALECTS, OWN_HOST_DIALECT, SHARED_FILE, WORK_DIR, type SharedHost, type SharedHosts } from './shared';

declare global {
  var sharedTestHosts: Host[] | undefined;
}

/** Builds and packs the plugin, and brings up one NocoBase for each database; all test files use the same ones. */
export default async function globalSetup(): Promise<void> {
  if (globalThis.sharedTestHosts) {
    return;
  }
  globalThis.sharedTestHosts = [];
  await bringUp().catch(async (error: unknown) => {
    await globalTeardown();
    throw error;
  });
}

async function bringUp(): Promise<void> {
  await assertDatabases();
  await packSetup();
  const tgz = globalThis.packedTestPlugin ?? '';
  const dialects = [...new Set([OWN_HOST_DIALECT, ...DIALECTS])];
  const installed = await Promise.all(dialects.map((dialect) => install(dialect, tgz)));
  const hosts = await Promise.all(
    installed.filter(({ database }) => DIALECTS.some((dialect) => dialect === database.dialect)).map(startShared),
  );
  const byDialect = (all: Host[]) => Object.fromEntries(all.map((host) => [host.database.dialect, describe(host)]));
  const shared: SharedHosts = { tgz, installed: byDialect(installed), hosts: byDialect(hosts) };
  writeFileSync(SHARED_FILE, JSON.stringify(shared));
}

/** A database that doesn't answer is a failure, never a skip. */
async function assertDatabases(): Promise<void> {
  for (const dialect of DIALECTS.filter((name) => name !== 'sqlite')) {
    const problem = await databaseProblem({ dialect, server: databaseServer(dialect) });
    if (problem) {
      throw new Error(problem);
    }
  }
}

/** The plugin is installed through the plugin manager once for a run: each host begins with a copy of this one. */
async function install(dialect: Dialect, tgz: string): Promise<Host> {
  const host = await createInstalledHost({ dialect, dir: join(WORK_DIR, `installed-${dialect}`) });
  globalThis.sharedTestHosts?.push(host);
  await host.start();
  await host.api.installPlugin(tgz);
  await host.stop();
  return host;
}

async function startShared(installed: Host): Promise<Host> {
  const host = await copyHost(installed, { dir: join(WORK_DIR, `shared-${installed.database.dialect}`) });
  globalThis.sharedTestHosts?.push(host);
  await host.start();
  return host;
}

function describe({ url, apiPath, dir, database }: Host): SharedHost {
  return { url, apiPath, dir, database };
}
