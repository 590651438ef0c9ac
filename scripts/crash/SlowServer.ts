import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A service that takes its time to answer, and counts how often it was told each number. */
export class SlowServer {
  readonly calls = new Map<number, number>();
  private readonly server: Server;

  /** @param milliseconds until it answers */
  private constructor(milliseconds: number) {
    this.server = createServer((request, response) => {
      const number = Number(request.url?.slice(1));
      this.calls.set(number, (this.calls.get(number) ?? 0) + 1);
      void delay(milliseconds).then(() => response.setHeader('content-type', 'application/json').end('{}'));
    });
  }

  static async open(milliseconds: number): Promise<SlowServer> {
    const slow = new SlowServer(milliseconds);
    await new Promise<void>((resolve) => slow.server.listen(0, '127.0.0.1', resolve));
    return slow;
  }

  /** Its URL, a number to be put behind it. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
