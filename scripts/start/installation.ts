import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseExists, dropDatabase, PLUGIN, PROJECT_ROOT, type Host, type HostDatabase } from '../host';
import { pack } from '../pack';

/** Left in the app's folder when NocoBase is installed there. */
const MARKER = '.installed.json';

interface Marker {
  dialect: string;
  /** The database that was made for this app, and so may be deleted with it. */
  createdDatabase: string | null;
}

/** Installs NocoBase unless it is there; tells whether it did. */
export async function ensureInstalled(host: Host): Promise<boolean> {
  const marker = readMarker(host.dir);
  if (marker?.dialect === host.database.dialect && (await databaseExists(host.database))) {
    return false;
  }
  const existed = host.database.dialect !== 'sqlite' && (await databaseExists(host.database));
  await host.install();
  const made: Marker = {
    dialect: host.database.dialect,
    createdDatabase: existed ? null : (host.database.name ?? null),
  };
  writeFileSync(join(host.dir, MARKER), JSON.stringify(made));
  return true;
}

/** Deletes what an earlier start made; a database that was there before is left alone. */
export async function reset(dir: string, database: HostDatabase): Promise<void> {
  const marker = readMarker(dir);
  if (existsSync(dir) && !marker && readdirSync(dir).length > 0) {
    throw new Error(`${dir} was not made by npm start, so it is not deleted.`);
  }
  if (marker?.createdDatabase && marker.createdDatabase === database.name) {
    await dropDatabase(database);
  }
  rmSync(dir, { recursive: true, force: true });
}

/** Installs the plugin, or upgrades it where what was built differs from what runs. Tells what it did. */
export async function ensurePlugin(host: Host, dist: string): Promise<'installed' | 'upgraded' | 'current'> {
  // NocoBase's clients reload a plugin when its version changes, so the version names what was built.
  const version = `${packageVersion()}-dev.${digest(dist)}`;
  const plugins = await host.api.get<{ packageName?: string; version?: string; enabled?: boolean }[]>('pm:list');
  const installed = plugins.find(({ packageName }) => packageName === PLUGIN);
  if (installed?.version === version && installed.enabled) {
    return 'current';
  }
  const tgz = pack({ dist, to: host.dir, version });
  try {
    await host.api.installPlugin(tgz);
  } finally {
    rmSync(tgz, { force: true });
  }
  if (!installed) {
    return 'installed';
  }
  await host.restart();
  return 'upgraded';
}

function readMarker(dir: string): Marker | null {
  const file = join(dir, MARKER);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Marker) : null;
}

function packageVersion(): string {
  return (JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as { version: string }).version;
}

/** Short digest of all files in a folder. */
function digest(dir: string): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())) {
    hash.update(file.name).update(readFileSync(join(file.parentPath, file.name)));
  }
  return hash.digest('hex').slice(0, 10);
}
