import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../../scripts/host/layout';

/** A resource of NocoBase's API as it is when the app runs. */
export interface Resource {
  name: string;
  /** Those that it answers. */
  actions: string[];
  /** Actions that every resource has which doesn't leave them out. */
  generic: string[];
}

/** Reads what `resourcesPreload.cjs` writes down in a host. */
export class Resources {
  private read = 0;

  constructor(private readonly file: string) {}

  /** What the host has to be started with. */
  get env(): Record<string, string> {
    const script = join(PROJECT_ROOT, '__tests__/support/resourcesPreload.cjs');
    return { NODE_OPTIONS: `--require ${script}`, WEBHOOK_TEST_RESOURCES: this.file };
  }

  /** The resources that were defined since the last time, by name, each as it was defined last. */
  take(): Map<string, Resource> {
    const text = existsSync(this.file) ? readFileSync(this.file, 'utf8') : '';
    const lines = text.slice(this.read).split('\n').filter(Boolean);
    this.read = text.length;
    return new Map(lines.map((line) => JSON.parse(line) as Resource).map((resource) => [resource.name, resource]));
  }
}
