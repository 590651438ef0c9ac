import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../host/layout';
import { buildLane } from './client';
import { LANES } from './externals';
import { buildServer } from './server';

/** The host's packages that the build was made against; NocoBase warns where its own differ. */
const EXTERNAL_VERSIONS = {
  '@nocobase/client': '2.2.15',
  '@nocobase/client-v2': '2.2.15',
  '@nocobase/database': '2.2.15',
  '@nocobase/plugin-workflow': '2.2.15',
  '@nocobase/server': '2.2.15',
  antd: '5.24.2',
  react: '18.2.0',
};

/**
 * Makes the `dist` folder: the server, both client lanes, and what NocoBase reads beside them.
 * @returns the files that were bundled
 */
export async function buildAll(dist = join(PROJECT_ROOT, 'dist')): Promise<string[]> {
  const root = PROJECT_ROOT;
  const { name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { name: string };
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  const server = await buildServer(root, dist);
  const lanes = await Promise.all(LANES.map((lane) => buildLane(root, dist, name, lane)));
  cpSync(join(root, 'src', 'locale'), join(dist, 'locale'), { recursive: true });
  writeFileSync(join(dist, 'externalVersion.js'), `module.exports = ${JSON.stringify(EXTERNAL_VERSIONS, null, 2)};\n`);
  return [...server, ...lanes.flat()];
}

if (require.main === module) {
  buildAll().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
