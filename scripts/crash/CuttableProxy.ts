import { connect, createServer, type Server, type Socket } from 'node:net';
import type { DatabaseServer } from '../host';

/** A way to a database server that can be cut off and mended again, as a network or a server that restarts would. */
export class CuttableProxy {
  private readonly sockets = new Set<Socket>();
  private isCut = false;

  private constructor(
    private readonly server: Server,
    /** What a host is to be told in place of the real one. */
    readonly address: DatabaseServer,
  ) {}

  static async open(target: DatabaseServer): Promise<CuttableProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const proxy = new CuttableProxy(server, { ...target, host: '127.0.0.1', port });
    server.on('connection', (client) => proxy.join(client, target));
    return proxy;
  }

  /** Ends what goes through, and lets nothing new through. */
  cut(): void {
    this.isCut = true;
    this.sockets.forEach((socket) => socket.destroy());
  }

  mend(): void {
    this.isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket, { host, port }: DatabaseServer): void {
    if (this.isCut) {
      client.destroy();
      return;
    }
    const upstream = connect(port, host);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
    }
    client.pipe(upstream).pipe(client);
  }
}
