import { performance } from 'node:perf_hooks';

/** So many are claimed ahead of their turn at most, so that one commit serves many; */
const MAX_AHEAD = 64;

/** and no more than begin within so many milliseconds: what is claimed is shown as started. */
const AHEAD_MS = 200;

/** What the newest interval counts for. */
const WEIGHT = 0.25;

/** How fast a webhook's runs begin, one behind the other. */
export class Pace {
  /** Milliseconds from one to the next, on average; null: not known. */
  private interval: number | null = null;
  private last: number | null = null;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** How many may be claimed ahead of their turn. */
  get ahead(): number {
    const count = this.interval === null ? 0 : Math.floor(AHEAD_MS / Math.max(this.interval, 1));
    return count > 1 ? Math.min(count, MAX_AHEAD) : 0;
  }

  /** One begins. @param hasNext whether another one waits behind it: else the time until the next says nothing */
  begun(hasNext: boolean): void {
    const now = this.now();
    if (this.last !== null) {
      const passed = now - this.last;
      this.interval = this.interval === null ? passed : this.interval + WEIGHT * (passed - this.interval);
    }
    this.last = hasNext ? now : null;
  }

  /** Those that were claimed ahead have not begun. */
  stalled(): void {
    this.interval = null;
    this.last = null;
  }
}
