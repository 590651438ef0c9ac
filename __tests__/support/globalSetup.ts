import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseProblem, databaseServer, type Dialect, type Host } from '../../scripts/host';
import { createInstalledHost } from '../../scripts/host/template';
import globalTeardown from './globalTeardown';
import packSetup from './packSetup';
import { DIALECTS, SHARED_FILE, WORK_DIR, type SharedHost, type SharedHosts } from './shared';

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
  const hosts = await Promise.all(DIALECTS.map((dialect) => startShared(dialect, tgz)));
  const shared: SharedHosts = {
    tgz,
    hosts: Object.fromEntries(hosts.map((host) => [host.database.dialect, describe(host)])) as SharedHosts['hosts'],
  };
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

async function startShared(dialect: Dialect, tgz: string): Promise<Host> {
  const host = await createInstalledHost({ dialect, dir: join(WORK_DIR, `shared-${dialect}`) });
  globalThis.sharedTestHosts?.push(host);
  await host.start();
  await host.api.installPlugin(tgz);
  return host;
}

function describe({ url, apiPath, dir, database }: Host): SharedHost {
  return { url, apiPath, dir, database };
}
