import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

export const BENCH_PLUGIN = 'nocobase-plugin-webhook-bench';

const MANIFEST = {
  name: BENCH_PLUGIN,
  version: '0.0.1',
  main: './dist/server/index.js',
  peerDependencies: { '@nocobase/server': '2.x' },
};

/** Builds and packs the bench-only plugin into `folder`; gives the file. It has no client: don't open a browser on it. */
export async function packBenchPlugin(folder: string): Promise<string> {
  const stage = join(folder, 'bench-plugin');
  mkdirSync(join(stage, 'dist', 'server'), { recursive: true });
  writeFileSync(join(stage, 'package.json'), JSON.stringify(MANIFEST));
  writeFileSync(join(stage, 'server.js'), "module.exports = require('./dist/server/index.js');\n");
  await build({
    entryPoints: [join(__dirname, 'index.ts')],
    outfile: join(stage, 'dist', 'server', 'index.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node18',
    external: ['@nocobase/*'],
    logLevel: 'warning',
  });
  execFileSync('npm', ['pack', '--pack-destination', folder], { cwd: stage, stdio: 'pipe' });
  return join(folder, `${BENCH_PLUGIN}-${MANIFEST.version}.tgz`);
}
