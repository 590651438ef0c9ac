import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const VERSION = '0.0.1';

/**
 * Builds and packs a plugin that a test or a benchmark needs beside the product, and that is no part of it; gives the
 * file. It has a server only: don't open a browser on the host.
 * @param entry its server's source file, which exports the plugin class
 * @param folder where the file is put
 */
export async function packPlugin(name: string, entry: string, folder: string): Promise<string> {
  const stage = join(folder, name);
  mkdirSync(join(stage, 'dist', 'server'), { recursive: true });
  const manifest = {
    name,
    version: VERSION,
    main: './dist/server/index.js',
    peerDependencies: { '@nocobase/server': '2.x' },
  };
  writeFileSync(join(stage, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(stage, 'server.js'), "module.exports = require('./dist/server/index.js');\n");
  await build({
    entryPoints: [entry],
    outfile: join(stage, 'dist', 'server', 'index.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node18',
    external: ['@nocobase/*'],
    logLevel: 'warning',
  });
  execFileSync('npm', ['pack', '--pack-destination', folder], { cwd: stage, stdio: 'pipe' });
  return join(folder, `${name}-${VERSION}.tgz`);
}
