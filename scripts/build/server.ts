import { existsSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { SERVER_EXTERNALS, SERVER_NOCOBASE } from './externals';

/** Folders in which NocoBase looks for files by itself: each file is a bundle of its own. */
const DISCOVERED_FOLDERS = ['collections', 'migrations'];

/**
 * Bundles the server, dependencies included: installing a plugin runs no `npm install`.
 * @returns the files that went into it, as paths from the working folder
 */
export async function buildServer(root: string, dist: string): Promise<string[]> {
  const source = join(root, 'src', 'server');
  const entries = [{ in: join(source, 'index.ts'), out: 'index' }];
  for (const folder of DISCOVERED_FOLDERS) {
    const path = join(source, folder);
    const files = existsSync(path) ? readdirSync(path).filter((file) => file.endsWith('.ts')) : [];
    entries.push(...files.map((file) => ({ in: join(path, file), out: `${folder}/${basename(file, '.ts')}` })));
  }
  const inputs = await bundle(entries, join(dist, 'server'));
  // `swagger` is where NocoBase's API documentation looks for what a plugin adds.
  for (const folder of ['cli', 'swagger']) {
    const entry = join(root, 'src', folder, 'index.ts');
    if (existsSync(entry)) {
      inputs.push(...(await bundle([{ in: entry, out: 'index' }], join(dist, folder))));
    }
  }
  return inputs;
}

async function bundle(entryPoints: { in: string; out: string }[], outdir: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints,
    outdir,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node18',
    external: [...SERVER_EXTERNALS, ...builtinModules],
    plugins: [onlyKnownHostPackages],
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  });
  return Object.keys(metafile.inputs);
}

const onlyKnownHostPackages: Plugin = {
  name: 'only-known-host-packages',
  setup(context) {
    context.onResolve({ filter: /^@nocobase\// }, ({ path, importer }) =>
      SERVER_NOCOBASE.includes(path)
        ? { path, external: true }
        : { errors: [{ text: `${importer} imports "${path}", which the host does not provide to a plugin's server` }] },
    );
  },
};
