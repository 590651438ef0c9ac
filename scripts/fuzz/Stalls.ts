import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A time in which NocoBase's only thread did nothing else. */
export interface Stall {
  /** When it ended, in ms since 1970. */
  at: number;
  /** Milliseconds by the clock. */
  ms: number;
  /** Of these, what the thread computed; null: the system doesn't tell. */
  cpu: number | null;
}

/** The stalls of a host's event loop, as the script that is required into it writes them down. */
export class Stalls {
  private read = 0;

  constructor(private readonly file: string) {
    rmSync(file, { force: true });
  }

  /** What NocoBase has to be started with. */
  get env(): Record<string, string> {
    return { NODE_OPTIONS: `--require ${join(__dirname, 'stallWatch.cjs')}`, WEBHOOK_FUZZ_STALLS: this.file };
  }

  /** Those since the last time, in order. */
  take(): Stall[] {
    const text = existsSync(this.file) ? readFileSync(this.file, 'utf8') : '';
    const fresh = text.slice(this.read, text.lastIndexOf('\n') + 1);
    this.read += fresh.length;
    return fresh
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Stall);
  }
}

/** How long a stall was: what was computed, on a machine that others use too. */
export function lengthOf({ ms, cpu }: Stall): number {
  return cpu === null ? ms : Math.min(ms, cpu);
}
