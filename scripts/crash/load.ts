import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** Calls a webhook from many callers at a time, each with a number of its own, and keeps the numbers that got a 2xx. */
export class Load {
  readonly acknowledged = new Set<number>();
  /** How many were answered, and not with a 2xx. */
  refused = 0;
  sent = 0;
  private running = false;
  private callers: Promise<void>[] = [];
  private readonly agent = new Agent({ keepAlive: true });

  constructor(
    private readonly urls: readonly string[],
    private readonly width: number,
    private readonly headers: Record<string, string> = {},
    /** The first number. */
    private readonly from = 0,
    /** Milliseconds that a caller waits before it calls again. */
    private readonly pauseMs = 0,
  ) {}

  start(): void {
    this.running = true;
    this.callers = Array.from({ length: this.width }, () => this.call());
  }

  async stop(): Promise<void> {
    this.running = false;
    await Promise.all(this.callers);
    this.agent.destroy();
  }

  private async call(): Promise<void> {
    while (this.running) {
      const number = this.from + this.sent++;
      const status = await this.post(this.urls[number % this.urls.length] ?? '', number).catch(() => 0);
      if (status >= 200 && status < 300) {
        this.acknowledged.add(number);
        await delay(this.pauseMs);
      } else {
        this.refused += status === 0 ? 0 : 1;
        // NocoBase writes a line for each call that it refuses while it starts: many of them keep it from starting.
        await delay(1_000);
      }
    }
  }

  private post(url: string, number: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', ...this.headers };
      const req = request(url, { method: 'POST', agent: this.agent, headers, timeout: 20_000 }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
        response.on('error', reject);
      });
      req.on('error', reject);
      req.on('timeout', () => req.destroy(new Error('timed out')));
      req.end(JSON.stringify({ number }));
    });
  }
}
