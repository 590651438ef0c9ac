import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkDependencies } from '../../../scripts/build/amd';
import { buildServer } from '../../../scripts/build/server';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'webhook-build-'));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function source(path: string, code: string): void {
  const file = join(root, 'src', path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, code);
}

/** In a process of its own: the bundler is an ES module, which jest doesn't load. */
const lane = (folder: string) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', join(__dirname, 'buildLane.ts'), root, folder]);

const server = () => buildServer(root, join(root, 'dist'));

describe('a client lane', () => {
  it('is built with what the host defines', async () => {
    source(
      'client-v2/index.tsx',
      `import { Plugin } from '@nocobase/client-v2'; export default class extends Plugin {}`,
    );
    await expect(lane('client-v2')).resolves.toBeDefined();
  });

  it('is refused with a NocoBase package that the host does not define', async () => {
    source('client-v2/index.tsx', `import * as secrets from '@nocobase/plugin-nowhere'; export default secrets;`);
    await expect(lane('client-v2')).rejects.toThrow('the host does not define "@nocobase/plugin-nowhere"');
  });

  it('is refused with a package that only the other client has', async () => {
    const code = `import { Plugin } from '@nocobase/client'; export default class extends Plugin {}`;
    source('client-v2/index.tsx', code);
    source('client/index.tsx', code);
    await expect(lane('client-v2')).rejects.toThrow('the host does not define "@nocobase/client"');
    await expect(lane('client')).resolves.toBeDefined();
  });

  it.each([
    ['an AMD dependency that the host does not define', `define("plugin",["react","left-pad"],f)`, 'left-pad'],
    ['a module id that is not the package', `define("other",["react"],f)`, 'does not define the AMD module "plugin"'],
    ['no AMD module at all', `console.log("hello")`, 'does not define the AMD module "plugin"'],
  ])('is refused with %s', (_what, code, message) => {
    const file = join(root, 'index.js');
    writeFileSync(file, code);
    expect(() => checkDependencies(file, 'plugin', ['react'])).toThrow(message);
  });
});

describe('the server', () => {
  it('makes an entry of each file in the folders that NocoBase searches', async () => {
    source('server/index.ts', `import { Plugin } from '@nocobase/server'; export default class extends Plugin {}`);
    source('server/collections/things.ts', `export default { name: 'things' };`);
    await server();
    // What esbuild made, as NocoBase loads it.
    expect(jest.requireActual<{ default: unknown }>(join(root, 'dist/server/collections/things.js')).default).toEqual({
      name: 'things',
    });
  });

  it('is refused with a NocoBase package that is not its to use', async () => {
    source('server/index.ts', `import * as test from '@nocobase/test'; export default test;`);
    await expect(server()).rejects.toThrow('imports "@nocobase/test", which the host does not provide');
  });
});
