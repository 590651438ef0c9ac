import { join } from 'node:path';
import { packPlugin } from '../../scripts/host/packPlugin';

export const BENCH_PLUGIN = 'nocobase-plugin-webhook-bench';

/** Builds and packs the bench-only plugin into `folder`; gives the file. */
export function packBenchPlugin(folder: string): Promise<string> {
  return packPlugin(BENCH_PLUGIN, join(__dirname, 'index.ts'), folder);
}
