import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Application } from '@nocobase/server';

type Redis = Awaited<ReturnType<Application['redisConnectionManager']['getConnectionSync']>>;

const POLL_MS = 10;

/** Frees a lock, but only one's own: it may have run out and be another's by now. */
const RELEASE = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end`;

interface Lock {
  acquire(ttl: number): Promise<() => Promise<void>>;
  runExclusive<T>(work: () => Promise<T>, ttl: number): Promise<T>;
  release(): Promise<void>;
}

/** NocoBase's locks in Redis, so that they hold over all instances: one key each, with a time to live. */
export class RedisLock {
  private redis: Redis | null = null;

  constructor(private readonly options: { app: Application }) {}

  async connect(): Promise<void> {
    this.redis = await this.options.app.redisConnectionManager.getConnectionSync('testLock');
  }

  async close(): Promise<void> {}

  async acquire(key: string, ttl: number): Promise<() => Promise<void>> {
    return (await this.tryAcquire(key, ttl)).acquire(ttl);
  }

  async runExclusive<T>(key: string, work: () => Promise<T>, ttl: number): Promise<T> {
    return (await this.tryAcquire(key, ttl)).runExclusive(work, ttl);
  }

  /** Rejects where the lock isn't had within `timeout` milliseconds. */
  async tryAcquire(key: string, timeout = 0): Promise<Lock> {
    const name = `lock:${key}`;
    const token = randomUUID();
    const deadline = Date.now() + timeout;
    while ((await this.redis?.set(name, token, { NX: true, PX: Math.max(timeout, 1_000) })) !== 'OK') {
      if (Date.now() >= deadline) {
        throw new Error(`lock ${key} is held`);
      }
      await delay(POLL_MS);
    }
    const release = async () => {
      await this.redis?.eval(RELEASE, { keys: [name], arguments: [token] });
    };
    const acquire = async (ttl: number) => {
      await this.redis?.pExpire(name, ttl);
      return release;
    };
    const runExclusive = async <T>(work: () => Promise<T>, ttl: number) => {
      await acquire(ttl);
      return work().finally(release);
    };
    return { acquire, runExclusive, release };
  }
}
