import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a call is answered with: 200, 500, or nothing until `letGo`. */
export type Reaction = 'ok' | 'fails' | 'hangs';

/** A service that workflows call, which does as the test says, and knows by whom it was called in which order. */
export class Flaky {
  /** The names of callers, in order. */
  readonly calls: string[] = [];
  private readonly plans = new Map<string, Reaction[]>();
  private readonly hanging: ServerResponse[] = [];
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      const name = new URL(request.url ?? '/', 'http://localhost').searchParams.get('n') ?? '';
      this.calls.push(name);
      const reaction = this.plans.get(name)?.shift() ?? 'ok';
      if (reaction === 'hangs') {
        this.hanging.push(response);
      } else {
        response.statusCode = reaction === 'ok' ? 200 : 500;
        response.setHeader('content-type', 'application/json').end('{}');
      }
    });
  }

  static async start(): Promise<Flaky> {
    const flaky = new Flaky();
    await new Promise<void>((resolve) => flaky.server.listen(0, '127.0.0.1', resolve));
    return flaky;
  }

  /** How it reacts to the first calls of a caller; to all others `ok`. */
  plan(name: string, ...reactions: Reaction[]): void {
    this.plans.set(name, reactions);
  }

  /** The calls of these callers, in order. */
  callsOf(...names: string[]): string[] {
    return this.calls.filter((name) => names.includes(name));
  }

  /** Answers all that hang. */
  letGo(): void {
    this.hanging.splice(0).forEach((response) => response.end('{}'));
  }

  /** A node that calls it as the delivery's `n`. */
  node(): { type: string; config: unknown } {
    const { port } = this.server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/?n={{$context.data.n}}`;
    return { type: 'request', config: { method: 'GET', url, timeout: 120_000 } };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
