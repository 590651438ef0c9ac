import { connect, createServer, type Server, type Socket } from 'node:net';
import { Transform, type TransformCallback } from 'node:stream';
import type { DatabaseServer } from '../host';

/** Statements that say whether something was stored: the end of a transaction, and what stands alone. */
const COMMITS = /COMMIT|INSERT INTO .{0,60}webhookDeliveries/;

/** How many answers to them are lost, of all. */
const LOST = 0.3;

/** Where a connection falls silent: at the first statement that this matches, which the server gets to hear or not. */
export interface Silence {
  at: RegExp;
  isHeard: boolean;
}

/**
 * A way to a database server that can be cut off and mended again, as a network or a server that restarts would; that
 * loses answers; or on which a connection falls silent and stays open.
 */
export class CuttableProxy {
  /** Whether connections break when what they have committed was to be answered. */
  losesCommits = false;
  /** Where the next connection falls silent: one alone, which stays so. */
  silence: Silence | null = null;
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
    let isLost = false;
    let isSilent = false;
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        this.sockets.delete(one);
        // Of a silent one the server hears nothing, not even its end.
        if (!isSilent || one === upstream) {
          other.destroy();
        }
      });
    }
    const asked = (bytes: Buffer, _encoding: BufferEncoding, done: TransformCallback): void => {
      isLost ||= this.losesCommits && COMMITS.test(bytes.toString('latin1')) && Math.random() < LOST;
      const { silence } = this;
      const falls = !isSilent && silence?.at.test(bytes.toString('latin1')) === true;
      const isHeard = falls ? silence.isHeard : !isSilent;
      if (falls) {
        isSilent = true;
        this.silence = null;
      }
      done(null, isHeard ? bytes : null);
    };
    const answered = (bytes: Buffer, _encoding: BufferEncoding, done: TransformCallback): void => {
      if (isLost) {
        client.destroy();
      }
      done(null, isLost || isSilent ? null : bytes);
    };
    client.pipe(new Transform({ transform: asked })).pipe(upstream);
    upstream.pipe(new Transform({ transform: answered })).pipe(client);
  }
}
