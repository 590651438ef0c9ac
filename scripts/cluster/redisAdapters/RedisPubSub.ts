import type { Application } from '@nocobase/server';

type Redis = Awaited<ReturnType<Application['redisConnectionManager']['getConnectionSync']>>;
type Callback = (message: string) => Promise<void>;

/** NocoBase's publish and subscribe over Redis: how its nodes tell one another what changed. */
export class RedisPubSub {
  private publisher: Redis | null = null;
  private subscriber: Redis | null = null;

  constructor(private readonly app: Application) {}

  isConnected(): boolean {
    return Boolean(this.publisher?.isReady && this.subscriber?.isReady);
  }

  async connect(): Promise<void> {
    this.publisher = await this.app.redisConnectionManager.getConnectionSync('testPublisher');
    this.subscriber = await this.app.redisConnectionManager.getConnectionSync('testSubscriber');
  }

  /** The connections are NocoBase's own: it closes them. */
  async close(): Promise<void> {
    await this.subscriber?.unsubscribe();
  }

  async subscribe(channel: string, callback: Callback): Promise<void> {
    await this.subscriber?.subscribe(channel, callback);
  }

  async unsubscribe(channel: string, callback: Callback): Promise<void> {
    await this.subscriber?.unsubscribe(channel, callback);
  }

  async publish(channel: string, message: string): Promise<void> {
    await this.publisher?.publish(channel, message);
  }
}
