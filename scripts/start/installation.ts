import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  databaseExists,
  databaseIsEmpty,
  dropDatabase,
  PLUGIN,
  PROJECT_ROOT,
  type Host,
  type HostDatabase,
} from '../host';
import { pack } from '../pack';
import { DEMO_FILE } from './demo';
import { StartError } from './options';

/** Left in the app's folder by `npm start`, before anything else is. */
const MARKER = '.installed.json';

interface Marker {
  dialect: string;
  /** The database's name; null for SQLite. */
  database: string | null;
  /** Whether the database was made for this app, and so may be deleted with it. */
  ownsDatabase: boolean;
  /** False where the installation was cut off. */
  complete: boolean;
}

/** Installs NocoBase unless it is there; tells whether it did. Throws {@link StartError}. */
export async function ensureInstalled(host: Host): Promise<boolean> {
  const { dir, database } = host;
  const marker = readMarker(dir);
  if (marker) {
    assertSame(marker, dir, database);
    if (marker.complete && (await databaseExists(database))) {
      return false;
    }
    await discard(marker, dir, database);
  }
  const existed = database.dialect !== 'sqlite' && (await databaseExists(database));
  if (existed && !(await databaseIsEmpty(database))) {
    throw new StartError(`The database ${database.name} is not empty: name another with DB_DATABASE.`);
  }
  const made = { dialect: database.dialect, database: database.name ?? null, ownsDatabase: !existed };
  writeMarker(dir, { ...made, complete: false });
  await host.install();
  writeMarker(dir, { ...made, complete: true });
  return true;
}

/** Deletes what an earlier start made; a database that was there before is left alone. Throws {@link StartError}. */
export async function reset(dir: string, database: HostDatabase): Promise<void> {
  const marker = readMarker(dir);
  if (!marker) {
    if (existsSync(dir) && readdirSync(dir).length > 0) {
      throw new StartError(`${dir} was not made by npm start, so it is not deleted.`);
    }
    return;
  }
  assertSame(marker, dir, database);
  await discard(marker, dir, database);
  rmSync(dir, { recursive: true, force: true });
}

function assertSame(marker: Marker, dir: string, { dialect, name }: HostDatabase): void {
  if (marker.dialect !== dialect || marker.database !== (name ?? null)) {
    const held = marker.database ? `${marker.dialect} database ${marker.database}` : marker.dialect;
    throw new StartError(`${dir} belongs to a NocoBase on ${held}: choose another folder with --data.`);
  }
}

/** Takes away the data of the app in this folder, and leaves the folder. */
async function discard({ ownsDatabase }: Marker, dir: string, database: HostDatabase): Promise<void> {
  if (ownsDatabase) {
    await dropDatabase(database);
  }
  for (const name of ['storage', DEMO_FILE]) {
    rmSync(join(dir, name), { recursive: true, force: true });
  }
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

function writeMarker(dir: string, marker: Marker): void {
  writeFileSync(join(dir, MARKER), JSON.stringify(marker));
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
