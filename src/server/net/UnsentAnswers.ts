import type { ServerResponse } from 'node:http';

/** Bytes that the system takes from us as a rule, whether the caller reads or not. */
const SMALL = 65_536;

/** How fast a caller has to take an answer: milliseconds for any, and one more for so many bytes. */
const PACE = { milliseconds: 30_000, bytes: 24 };

/**
 * Answers that their callers don't take, bounded in bytes and in time: Node would hold them in memory for as long as the
 * connections last. Where there are too many, the oldest one's connection ends: who reads is done with his by then.
 */
export class UnsentAnswers {
  /** Bytes by answer, the oldest first. */
  private readonly waiting = new Map<ServerResponse, number>();
  private bytes = 0;

  /** @param limit bytes of all of them */
  constructor(
    private readonly limit: number,
    private readonly pace = PACE,
  ) {}

  /** Watches an answer that was handed to Node, until it is sent or its connection has ended. */
  watch(response: ServerResponse, bytes: number): void {
    if (bytes <= SMALL || response.writableFinished || response.destroyed) {
      return;
    }
    const late = setTimeout(() => response.destroy(), this.pace.milliseconds + bytes / this.pace.bytes).unref();
    this.waiting.set(response, bytes);
    this.bytes += bytes;
    response.once('close', () => {
      clearTimeout(late);
      this.forget(response);
    });
    for (const [oldest] of this.waiting) {
      if (this.bytes <= this.limit || oldest === response) {
        break;
      }
      this.forget(oldest);
      oldest.destroy();
    }
  }

  private forget(response: ServerResponse): void {
    this.bytes -= this.waiting.get(response) ?? 0;
    this.waiting.delete(response);
  }
}
