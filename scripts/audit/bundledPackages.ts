import { readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';

/** An npm package of which something is in the plugin. */
export interface BundledPackage {
  name: string;
  version: string;
}

/** The packages that bundled files belong to, each once, sorted; files of the project itself are in none. */
export function packagesOf(files: readonly string[]): BundledPackage[] {
  const found = new Map<string, BundledPackage>();
  for (const file of files) {
    const bundled = packageOf(resolve(file));
    if (bundled) {
      found.set(`${bundled.name}@${bundled.version}`, bundled);
    }
  }
  return [...found.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, bundled]) => bundled);
}

function packageOf(file: string): BundledPackage | null {
  const parts = file.split(sep);
  const at = parts.lastIndexOf('node_modules');
  if (at === -1) {
    return null;
  }
  const length = parts[at + 1]?.startsWith('@') ? 2 : 1;
  const folder = parts.slice(0, at + 1 + length).join(sep);
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Partial<BundledPackage>;
  if (!name || !version) {
    throw new Error(`${dirname(folder)} holds a package without a name or version`);
  }
  return { name, version };
}
