import { connect, type Socket } from 'node:net';

export interface FloodOptions {
  port: number;
  /** Sockets in all. */
  count: number;
  /** Loopback addresses that they come from, `127.0.1.1` and on: real sockets, nothing forged. */
  addresses: number;
  /** What each sends first, by its number. */
  first(number: number): string;
  /** What each sends every second from then on; left out: nothing. */
  then?: string;
}

/** Sockets that send the beginning of a request and then as good as nothing, and come back when they are cut. */
export class Flood {
  private readonly sockets = new Set<Socket>();
  private readonly timer: NodeJS.Timeout | undefined;
  private ended = false;
  /** The statuses that they were answered with, and how often. */
  readonly answers = new Map<string, number>();

  private constructor(private readonly options: FloodOptions) {
    const { then } = options;
    this.timer = then === undefined ? undefined : setInterval(() => this.sockets.forEach((s) => s.write(then)), 1_000);
  }

  /** Resolves when every socket has connected and sent its beginning. */
  static async open(options: FloodOptions): Promise<Flood> {
    const flood = new Flood(options);
    await Promise.all(Array.from({ length: options.count }, (_, number) => flood.start(number)));
    return flood;
  }

  /** Sockets that are open now. */
  get size(): number {
    return this.sockets.size;
  }

  /** Answers that they got. */
  get answered(): number {
    return [...this.answers.values()].reduce((sum, count) => sum + count, 0);
  }

  close(): void {
    this.ended = true;
    clearInterval(this.timer);
    this.sockets.forEach((socket) => socket.destroy());
  }

  private start(number: number): Promise<void> {
    const { port, addresses, first } = this.options;
    const localAddress = `127.0.1.${(number % addresses) + 1}`;
    return new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port, localAddress }, () => {
        socket.write(first(number), () => resolve());
      });
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        const status = /^HTTP\/1\.1 (\d{3})/.exec(bytes.toString('latin1'))?.[1];
        if (status) {
          this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
        }
      });
      socket.on('close', () => {
        resolve();
        this.sockets.delete(socket);
        if (!this.ended) {
          setTimeout(() => this.ended || void this.start(number), 1_000);
        }
      });
    });
  }
}
