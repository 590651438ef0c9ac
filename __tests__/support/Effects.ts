import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that counts its calls by their path, and answers at once, but for those that it is to hold. */
export class Effects {
  private readonly counts = new Map<string, number>();
  private readonly held = new Set<string>();
  private readonly waiting: ServerResponse[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const name = (request.url ?? '').slice(1);
      this.counts.set(name, this.of(name) + 1);
      response.setHeader('content-type', 'application/json');
      if (this.held.has(name)) {
        this.waiting.push(response);
      } else {
        response.end('{}');
      }
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  /** A node that calls it under this name, which may hold variables. */
  node(name: string) {
    const { port } = this.server.address() as AddressInfo;
    return {
      type: 'request',
      config: { method: 'GET', url: `http://127.0.0.1:${port}/${name}`, timeout: 300_000 },
    };
  }

  /** Calls of this name are not answered any more, until all are let go. */
  hold(name: string): void {
    this.held.add(name);
  }

  letGo(): void {
    this.held.clear();
    this.waiting.splice(0).forEach((response) => response.end('{}'));
  }

  of(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  /** How often it was called under each name that begins so, without that beginning. */
  under(start: string): Record<string, number> {
    const found = [...this.counts].filter(([name]) => name.startsWith(start));
    return Object.fromEntries(found.map(([name, count]) => [name.slice(start.length), count]));
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
