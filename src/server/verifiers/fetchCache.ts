import { OutboundError } from './outbound';
import type { Outbound } from './types';

/** What is fetched for verification, and how long it is believed. */
export interface CachePolicy {
  hosts: (host: string) => boolean;
  maxBytes: number;
  timeoutMs: number;
  /** Seconds for which what was fetched is used again. */
  maxAge: number;
  /** Seconds in which the same address is not fetched a second time, whatever came of the first. */
  coolDown: number;
}

interface Entry {
  fetchedAt: number;
  triedAt: number;
  body: Buffer | null;
  error: string;
  pending: Promise<void> | null;
}

/** Addresses remembered at once; the one used least recently goes first. */
const MAX_ENTRIES = 50;
/** Fetches of new addresses a minute: whoever invents addresses can't use this side as a cannon. */
const MAX_FETCHES_PER_MINUTE = 60;

/** Keys and certificates that were fetched, bounded in number and in age. */
class FetchCache {
  private readonly entries = new Map<string, Entry>();
  private window = { start: 0, fetches: 0 };

  constructor(private readonly outbound: Outbound) {}

  /**
   * What stands at `url`. With `fresh`, what is cached is not enough, except within the cool-down.
   * @param now unix seconds
   * @throws OutboundError if it was never fetched, or is too old and can't be fetched again
   */
  async get(url: string, policy: CachePolicy, now: number, fresh = false): Promise<Buffer> {
    const entry = this.entries.get(url) ?? { fetchedAt: 0, triedAt: -Infinity, body: null, error: '', pending: null };
    this.entries.delete(url);
    this.entries.set(url, entry);
    this.trim();
    const stale = (): boolean => entry.body === null || Math.abs(now - entry.fetchedAt) > policy.maxAge;
    if ((stale() || fresh) && !entry.pending && Math.abs(now - entry.triedAt) >= policy.coolDown) {
      if (this.maySpend(now)) {
        entry.triedAt = now;
        entry.pending = this.fetch(url, policy, entry, now);
      } else {
        entry.error = 'Too many keys or certificates were asked for within a minute.';
      }
    }
    await entry.pending;
    if (entry.body === null || stale()) {
      throw new OutboundError(entry.error);
    }
    return entry.body;
  }

  private async fetch(url: string, policy: CachePolicy, entry: Entry, now: number): Promise<void> {
    try {
      entry.body = await this.outbound.get(url, policy);
      entry.fetchedAt = now;
    } catch (error) {
      entry.error = error instanceof Error ? error.message : String(error);
    } finally {
      entry.pending = null;
    }
  }

  private maySpend(now: number): boolean {
    if (Math.abs(now - this.window.start) >= 60) {
      this.window = { start: now, fetches: 0 };
    }
    this.window.fetches += 1;
    return this.window.fetches <= MAX_FETCHES_PER_MINUTE;
  }

  /** What failed goes before what is in use, so that invented addresses push out no certificate. */
  private trim(): void {
    for (const pass of [(entry: Entry) => entry.body === null, () => true]) {
      for (const [url, entry] of this.entries) {
        if (this.entries.size <= MAX_ENTRIES) {
          return;
        }
        if (pass(entry) && !entry.pending) {
          this.entries.delete(url);
        }
      }
    }
  }
}

const caches = new WeakMap<Outbound, FetchCache>();

/** The cache that belongs to a way out. */
export function cacheOf(outbound: Outbound): FetchCache {
  let cache = caches.get(outbound);
  if (!cache) {
    cache = new FetchCache(outbound);
    caches.set(outbound, cache);
  }
  return cache;
}
