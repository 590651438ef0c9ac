import { Plugin } from '@nocobase/server';
import { RedisLock } from './RedisLock';
import { RedisPubSub } from './RedisPubSub';
import { RedisQueue } from './RedisQueue';

/**
 * NocoBase's three adapters for a cluster, over `REDIS_URL`: those that it sells are not to be had for tests. With
 * `LOCK_ADAPTER_DEFAULT=redis` the locks are taken there too.
 */
export default class RedisAdaptersPlugin extends Plugin {
  override async load(): Promise<void> {
    const { app } = this;
    app.pubSubManager.setAdapter(new RedisPubSub(app));
    app.lockManager.registerAdapter('redis', { Adapter: RedisLock, options: { app } });
    app.eventQueue.setAdapter(new RedisQueue(app));
  }
}
