import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { PLUGIN } from '../../scripts/host';
import { packedPlugin } from '../support/hosts';

/** What runs, and what npm shows. Anything else is either dead weight or, like `src`, changes what NocoBase does. */
const ALLOWED = [
  /^package\.json$/,
  /^(README|CHANGELOG)\.md$/,
  /^LICENSE$/,
  /^(server|client|client-v2)\.(js|d\.ts)$/,
  /^dist\/externalVersion\.js$/,
  /^dist\/(client|client-v2|server|cli|swagger)\/index\.js$/,
  /^dist\/server\/(collections|migrations)\/[\w.-]+\.js$/,
  /^dist\/locale\/[a-z]{2}-[A-Z]{2}\.json$/,
];

/** Without one of these NocoBase's server does not load the plugin, or a whole client shows "App error". */
const REQUIRED = [
  'package.json',
  'LICENSE',
  'server.js',
  'client.js',
  'client-v2.js',
  'dist/externalVersion.js',
  'dist/server/index.js',
  'dist/swagger/index.js',
  'dist/client/index.js',
  'dist/client-v2/index.js',
  'dist/locale/en-US.json',
  'dist/locale/zh-CN.json',
  'dist/locale/nl-NL.json',
];

const MAX_PACKED_BYTES = 1_500_000;

const files = tar('-tzf')
  .split('\n')
  .filter((path) => path !== '')
  .map((path) => path.replace(/^package\//, ''));

function tar(flag: string, ...paths: string[]): string {
  return execFileSync('tar', [flag, packedPlugin(), ...paths], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}

function contents(path: string): string {
  return tar('-xOzf', `package/${path}`);
}

it('holds what NocoBase needs', () => {
  expect(files).toEqual(expect.arrayContaining(REQUIRED));
});

it('holds nothing but what runs', () => {
  expect(files.filter((path) => !ALLOWED.some((pattern) => pattern.test(path)))).toEqual([]);
});

it(`is smaller than ${MAX_PACKED_BYTES} bytes`, () => {
  expect(statSync(packedPlugin()).size).toBeLessThan(MAX_PACKED_BYTES);
});

it('has a manifest for NocoBase and npm, without what only the project needs', () => {
  const manifest = JSON.parse(contents('package.json')) as Record<string, unknown>;
  expect(manifest).toMatchObject({
    name: PLUGIN,
    main: './dist/server/index.js',
    license: 'Apache-2.0',
    keywords: ['Workflow'],
    peerDependencies: { '@nocobase/plugin-workflow': '2.x', '@nocobase/server': '2.x' },
  });
  for (const field of ['displayName', 'description'].flatMap((name) => [name, `${name}.zh-CN`, `${name}.nl-NL`])) {
    expect(manifest[field]).toEqual(expect.stringMatching(/\S/));
  }
  for (const field of ['private', 'scripts', 'devDependencies', 'dependencies', 'overrides', 'exports']) {
    expect(manifest).not.toHaveProperty([field]);
  }
});

it('has the version of the project', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(JSON.parse(contents('package.json'))).toMatchObject({ version });
});

it.each(files.filter((path) => path.endsWith('.js')))('has no path of the machine it was built on in %s', (path) => {
  expect(contents(path)).not.toContain(process.cwd());
});
