import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Application } from '@nocobase/server';

type Redis = Awaited<ReturnType<Application['redisConnectionManager']['getConnectionSync']>>;

interface QueueEvent {
  interval?: number;
  idle(): boolean;
  process(message: unknown, options: { id: string; signal: AbortSignal }): Promise<void>;
}

const INTERVAL_MS = 250;
const ACK_MS = 15_000;

/** NocoBase's event queue in Redis, a list for each channel: who is idle takes the next. */
export class RedisQueue {
  private redis: Redis | null = null;
  private readonly events = new Map<string, QueueEvent>();

  constructor(private readonly app: Application) {}

  isConnected(): boolean {
    return Boolean(this.redis?.isReady);
  }

  async connect(): Promise<void> {
    this.redis = await this.app.redisConnectionManager.getConnectionSync('testQueue');
  }

  close(): void {
    this.events.clear();
  }

  subscribe(channel: string, event: QueueEvent): void {
    this.events.set(channel, event);
    void this.consume(channel, event);
  }

  unsubscribe(channel: string): void {
    this.events.delete(channel);
  }

  async publish(channel: string, message: unknown): Promise<void> {
    await this.redis?.rPush(`queue:${channel}`, JSON.stringify(message));
  }

  private async consume(channel: string, event: QueueEvent): Promise<void> {
    while (this.events.get(channel) === event) {
      const text = event.idle() && this.isConnected() ? await this.redis?.lPop(`queue:${channel}`) : null;
      if (typeof text === 'string') {
        const options = { id: randomUUID(), signal: AbortSignal.timeout(ACK_MS) };
        await event
          .process(JSON.parse(text), options)
          .catch((error: unknown) => this.app.logger.error('a queued message failed', { error }));
      } else {
        await delay(event.interval ?? INTERVAL_MS);
      }
    }
  }
}
