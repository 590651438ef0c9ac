import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Answers after a while, and knows in which order it was called, and how many calls were open at once at most. */
export class Called {
  /** What the calls gave as `n`, */
  readonly order: number[] = [];
  /** and that with what they gave as `key`. */
  readonly seen: { key: string; n: number }[] = [];
  open = 0;
  mostOpen = 0;
  /** The most calls of one key that were open at once. */
  mostOpenOfKey = 0;
  private readonly openOf = new Map<string, number>();
  private held: (() => void)[] | null = null;
  private readonly server: Server;

  constructor(milliseconds: number) {
    this.server = createServer((request, response) => {
      const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
      const [n, key] = [Number(searchParams.get('n')), searchParams.get('key') ?? ''];
      this.order.push(n);
      this.seen.push({ key, n });
      this.mostOpen = Math.max(this.mostOpen, ++this.open);
      this.mostOpenOfKey = Math.max(this.mostOpenOfKey, this.count(key, 1));
      const answer = () => {
        this.open--;
        this.count(key, -1);
        response.setHeader('content-type', 'application/json').end('{}');
      };
      if (this.held) {
        this.held.push(answer);
      } else {
        void delay(milliseconds).then(answer);
      }
    });
  }

  async url(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  /** What the calls with this key gave as `n`, in the order in which they came. */
  of(key: string): number[] {
    return this.seen.filter((call) => call.key === key).map(({ n }) => n);
  }

  /** Answers nobody, until it is let go. */
  hold(): void {
    this.held = [];
  }

  letGo(): void {
    const held = this.held ?? [];
    this.held = null;
    held.forEach((answer) => answer());
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private count(key: string, by: 1 | -1): number {
    const open = (this.openOf.get(key) ?? 0) + by;
    this.openOf.set(key, open);
    return open;
  }
}
