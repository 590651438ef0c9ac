import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the driver says of an error: its fields. */
export interface DriverError {
  code: string;
  sqlState?: string;
  errno?: number;
  message?: string;
  /** The connection could not be had. */
  isConnection?: boolean;
}

/** Which statements fail, and how; see `preload.cjs`. */
export interface FaultRule {
  name: string;
  sql?: string;
  bind?: string;
  within?: string;
  times?: number;
  chance?: number;
  after?: boolean;
  error?: DriverError;
  ids?: number[];
}

/** Makes the database of a NocoBase process fail: the process is to be started with `env`. */
export class Faults {
  /** @param file that isn't there yet; no two processes share one */
  constructor(private readonly file: string) {
    this.set([]);
  }

  get env(): Record<string, string> {
    return { NODE_OPTIONS: `--require ${join(__dirname, 'preload.cjs')}`, WEBHOOK_FAULTS: this.file };
  }

  /** From here on these, and no others. */
  set(rules: readonly FaultRule[]): void {
    // In one step: the process may read at any time.
    writeFileSync(`${this.file}.new`, JSON.stringify(rules));
    renameSync(`${this.file}.new`, this.file);
  }

  /** How often a rule has hit. */
  hits(name: string): number {
    const file = `${this.file}.hits`;
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    return lines.filter((line) => line === name).length;
  }
}
