import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildAll } from '../../scripts/build';
import { pack } from '../../scripts/pack';
import { SHARED_FILE, WORK_DIR, type SharedHosts } from './shared';

declare global {
  var packedTestPlugin: string | undefined;
}

/** Builds and packs the plugin once for a run, and tells the test files where it is. */
export default async function packSetup(): Promise<void> {
  if (globalThis.packedTestPlugin) {
    return;
  }
  mkdirSync(WORK_DIR, { recursive: true });
  const dist = join(WORK_DIR, 'dist');
  await buildAll(dist);
  const tgz = pack({ dist, to: WORK_DIR });
  globalThis.packedTestPlugin = tgz;
  writeFileSync(SHARED_FILE, JSON.stringify({ tgz, installed: {}, hosts: {} } satisfies SharedHosts));
}
