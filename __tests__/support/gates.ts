import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { unique } from './hosts';

/** A node that its run stays in until the test lets it go on. */
export interface Gate {
  node: { type: string; config: unknown };
  /** How often a run came to it. */
  calls(): number;
  open(): void;
}

/** Nodes that take as long as a test wants, on every database: they call a server that answers when it is told to. */
export class Gates {
  private readonly server: Server;
  private readonly waiting = new Map<string, ServerResponse>();
  private readonly opened = new Set<string>();
  private readonly calls = new Map<string, number>();

  private constructor() {
    this.server = createServer((request, response) => {
      const name = request.url ?? '';
      this.calls.set(name, this.callsOf(name) + 1);
      if (this.opened.has(name)) {
        response.end();
      } else {
        this.waiting.set(name, response);
      }
    });
  }

  static async start(): Promise<Gates> {
    const gates = new Gates();
    await new Promise<void>((resolve) => gates.server.listen(0, '127.0.0.1', resolve));
    return gates;
  }

  gate(): Gate {
    const name = `/${unique()}`;
    const { port } = this.server.address() as AddressInfo;
    return {
      node: { type: 'request', config: { method: 'GET', url: `http://127.0.0.1:${port}${name}`, timeout: 300_000 } },
      calls: () => this.callsOf(name),
      open: () => {
        this.opened.add(name);
        this.waiting.get(name)?.end();
      },
    };
  }

  private callsOf(name: string): number {
    return this.calls.get(name) ?? 0;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
