import { performance, type EventLoopUtilization } from 'node:perf_hooks';

/** Milliseconds between two looks at how busy this process is. */
const SAMPLE_MS = 100;

/** Share of the time above which this process can't take on more: callers begin to wait for one another. */
const BUSY = 0.8;

/** Deliveries in a sample, or waiting at its end, below which callers are no reason to hold anything back. */
const FEW = 5;

/** Milliseconds between the starts of two runs while callers press: from the first step to what is never exceeded. */
const FIRST_GAP = 5;
const MAX_GAP = 200;

/** What is left of the gap at each look at which there was room again: it opens slower than it closed. */
const EASING = 0.8;

/**
 * Lets runs give way to callers. A run of what is stored already can wait; a caller can't. While deliveries come in
 * faster than this process can take them, runs start one by one with ever longer gaps in between, though never
 * longer than a fifth of a second; when the rush is over, at once.
 */
export class Throttle {
  private gap = 0;
  private arrived = 0;
  private lastStart = 0;
  private lastSample = 0;
  private utilization: EventLoopUtilization;

  /**
   * @param waiting how many callers wait for a commit, where runs and they take turns at the one writer that a database
   * has (SQLite): there it is that which is busy, and not this process
   * @param loop tells the time and how busy this process is
   */
  constructor(
    private readonly waiting: () => number = () => 0,
    private readonly loop: Pick<typeof performance, 'now' | 'eventLoopUtilization'> = performance,
  ) {
    this.utilization = loop.eventLoopUtilization();
  }

  /** Tells of deliveries that were stored. */
  note(count: number): void {
    this.arrived += count;
    this.sample(this.loop.now());
  }

  /** Tells that a run begins. */
  started(): void {
    this.lastStart = this.loop.now();
  }

  /** Milliseconds until the next run may begin; 0: it may. */
  wait(): number {
    const now = this.loop.now();
    this.sample(now);
    return this.gap === 0 ? 0 : Math.max(0, this.lastStart + this.gap - now);
  }

  private sample(now: number): void {
    const since = now - this.lastSample;
    if (since < SAMPLE_MS) {
      return;
    }
    const current = this.loop.eventLoopUtilization();
    const { utilization } = this.loop.eventLoopUtilization(current, this.utilization);
    const many = this.arrived > (FEW * since) / SAMPLE_MS;
    this.utilization = current;
    this.arrived = 0;
    this.lastSample = now;
    if (!many) {
      this.gap = 0;
    } else if (utilization > BUSY || this.waiting() >= FEW) {
      this.gap = Math.min(Math.max(FIRST_GAP, this.gap * 2), MAX_GAP);
    } else {
      this.gap = this.gap < FIRST_GAP ? 0 : this.gap * EASING;
    }
  }
}
