import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { within } from './within';

/** Milliseconds until it is asked again where nobody answered. */
const RETRY_MS = 500;

/** So long an answer is waited for: one connection that has fallen silent keeps nobody from asking over another. */
const ANSWER_MS = 5_000;

/** Where a lease reads the time, in milliseconds. */
export interface LeaseClock {
  /** Goes on while the process stands still, and can't be set. */
  monotonic(): number;
  /** Goes on while the machine stands still, and can be set. */
  wall(): number;
}

const CLOCK: LeaseClock = { monotonic: () => performance.now(), wall: () => Date.now() };

export interface LeaseParts {
  /** For so many milliseconds after it was renewed it counts without asking: less than it takes others to take over. */
  freshMs: number;
  /** Renews it for good and all to see; false: it was taken over. Rejects where that can't be told. */
  renew(): Promise<boolean>;
  /** It was taken over: told once. */
  onLost(): void;
  clock?: LeaseClock;
}

/** It was taken over: what was done under it is another one's to do. */
export class LeaseLost extends Error {
  constructor(message = 'this instance stood still for so long that another one has taken over') {
    super(message);
    this.name = 'LeaseLost';
  }
}

/**
 * The right to act under one identity. Whoever acts looks first whether it is fresh; where it isn't, such as after the
 * process stood still, it is asked. Once lost, it stays so: there is a new identity then.
 */
export class Lease {
  private renewedAt = { monotonic: -Infinity, wall: -Infinity };
  private asking: Promise<boolean> | null = null;
  private lost = false;
  private ended = false;
  private readonly clock: LeaseClock;

  constructor(private readonly parts: LeaseParts) {
    this.clock = parts.clock ?? CLOCK;
  }

  /** Whether it certainly is this instance's still. */
  get isFresh(): boolean {
    const { clock, renewedAt } = this;
    const { freshMs } = this.parts;
    return !this.isOver && clock.monotonic() - renewedAt.monotonic < freshMs && clock.wall() - renewedAt.wall < freshMs;
  }

  /** Whether it was taken over. */
  get isLost(): boolean {
    return this.lost;
  }

  /** Renews it; whether it is this instance's still. Rejects where that can't be told. */
  renew(): Promise<boolean> {
    this.asking ??= this.ask().finally(() => (this.asking = null));
    return this.asking;
  }

  /** Resolves once it is certain that it is this instance's; rejects with `LeaseLost` once it is that it isn't. */
  async confirm(): Promise<void> {
    while (!this.isFresh) {
      if (this.isOver) {
        throw new LeaseLost();
      }
      const isKnown = await this.renew().then(
        () => true,
        () => false,
      );
      if (!isKnown) {
        await delay(RETRY_MS, undefined, { ref: false });
      }
    }
  }

  /** Nothing is begun under it any more; what is under way may be finished, as long as nobody has taken over. */
  end(): void {
    this.ended = true;
  }

  private get isOver(): boolean {
    return this.lost || this.ended;
  }

  private answer(): Promise<boolean> {
    return within(ANSWER_MS, this.parts.renew(), () => new Error(`no answer within ${ANSWER_MS} ms`));
  }

  private async ask(): Promise<boolean> {
    // Of before it was asked: how long the answer takes counts.
    const asked = { monotonic: this.clock.monotonic(), wall: this.clock.wall() };
    const isRenewed = !this.isOver && (await this.answer());
    if (this.isOver) {
      return false;
    }
    if (isRenewed) {
      this.renewedAt = asked;
    } else {
      this.lost = true;
      this.parts.onLost();
    }
    return isRenewed;
  }
}
