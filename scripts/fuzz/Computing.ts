import { readFileSync } from 'node:fs';

/** What NocoBase's only thread has computed, waits left out: what counts on a machine that others use too. */
export class Computing {
  private last: number | null;

  constructor(private readonly pid: number) {
    this.last = this.sinceStart();
  }

  /** Milliseconds since the last time; null: this system doesn't tell. */
  take(): number | null {
    const now = this.sinceStart();
    const taken = now === null || this.last === null ? null : now - this.last;
    this.last = now;
    return taken;
  }

  private sinceStart(): number | null {
    try {
      return Number(readFileSync(`/proc/${this.pid}/schedstat`, 'latin1').split(' ')[0]) / 1e6;
    } catch {
      return null;
    }
  }
}
