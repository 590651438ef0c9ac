import { rmSync } from 'node:fs';
import { WORK_DIR } from './shared';

/** Stops the shared hosts and takes their folders and databases away. */
export default async function globalTeardown(): Promise<void> {
  const hosts = globalThis.sharedTestHosts ?? [];
  globalThis.sharedTestHosts = undefined;
  globalThis.packedTestPlugin = undefined;
  await Promise.all(hosts.map((host) => host.remove()));
  rmSync(WORK_DIR, { recursive: true, force: true });
}
