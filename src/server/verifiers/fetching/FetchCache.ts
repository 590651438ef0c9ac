import { OutboundError } from '../outbound';
import type { Outbound } from '../types';
import { EntryStore, type Entry } from './EntryStore';
import { NamedAllowance, type FetchCaller } from './NamedAllowance';

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

export interface FetchRequest {
  url: string;
  policy: CachePolicy;
  /** Unix seconds. */
  now: number;
  /** What is cached is not enough, except within the cool-down. */
  fresh?: boolean;
}

/** Fetches at once of addresses that requests at one webhook name: a part of what the way out has room for. */
const MAX_UNDER_WAY = 4;

/**
 * Keys and certificates that were fetched, bounded in number and in age. An address that a webhook's settings name is
 * always fetched, at most once in a cool-down. One that a request names counts against an allowance until what stands
 * there has verified a signature: strangers can invent as many as they like.
 */
export class FetchCache {
  private readonly configured = new EntryStore(1_000);
  private readonly known = new EntryStore(500);
  private readonly named = new EntryStore(50);
  private readonly allowance = new NamedAllowance();
  /** Fetches of named addresses under way, by webhook. */
  private readonly underWay = new Map<string, number>();

  constructor(private readonly outbound: Outbound) {}

  /**
   * What stands at an address that the webhook's settings name.
   * @throws OutboundError if it was never fetched, or is too old and can't be fetched again
   */
  async getConfigured(request: FetchRequest): Promise<Buffer> {
    return this.use(this.configured.obtain(request.url), request, true);
  }

  /**
   * What stands at an address that a request names which isn't verified.
   * @throws OutboundError as {@link getConfigured}, and where the allowance is used up
   */
  async getNamed(request: FetchRequest, caller: FetchCaller | undefined): Promise<Buffer> {
    const known = this.known.find(request.url);
    if (known) {
      return this.use(known, request, true);
    }
    // Nothing is remembered of an address that isn't fetched.
    const entry = this.named.find(request.url);
    if (!isDue(entry, request)) {
      return this.use(entry ?? this.named.obtain(request.url), request, false);
    }
    const webhook = caller?.webhook ?? '';
    const underWay = this.underWay.get(webhook) ?? 0;
    if (underWay >= MAX_UNDER_WAY || !this.allowance.take(caller, request.now)) {
      throw new OutboundError('Too many unknown addresses of keys or certificates were named at this webhook.');
    }
    this.underWay.set(webhook, underWay + 1);
    try {
      return await this.use(entry ?? this.named.obtain(request.url), request, false);
    } finally {
      const left = (this.underWay.get(webhook) ?? 1) - 1;
      if (left > 0) {
        this.underWay.set(webhook, left);
      } else {
        this.underWay.delete(webhook);
      }
    }
  }

  /** What stands there has verified a signature: from now on it is fetched whatever strangers invent. */
  confirm(url: string): void {
    const entry = this.named.take(url);
    if (entry) {
      this.known.put(url, entry);
    }
  }

  private async use(entry: Entry, request: FetchRequest, trusted: boolean): Promise<Buffer> {
    const { policy, now, fresh = false } = request;
    if (isDue(entry, request)) {
      entry.triedAt = now;
      entry.pending = this.fetch(entry, request, trusted);
    }
    // Who needs nothing new doesn't wait for what another one, maybe a stranger, makes us fetch.
    if (fresh || isStale(entry, policy, now)) {
      await entry.pending;
    }
    if (entry.body === null || isStale(entry, policy, now)) {
      throw new OutboundError(entry.error);
    }
    return entry.body;
  }

  private async fetch(entry: Entry, { url, policy, now }: FetchRequest, trusted: boolean): Promise<void> {
    try {
      entry.body = await this.outbound.get(url, { ...policy, trusted });
      entry.fetchedAt = now;
    } catch (error) {
      entry.error = error instanceof Error ? error.message : String(error);
    } finally {
      entry.pending = null;
    }
  }
}

/** Whether this request makes us fetch. Within the cool-down, and while a fetch is under way, none does. */
function isDue(entry: Entry | undefined, { policy, now, fresh }: FetchRequest): boolean {
  if (!entry) {
    return true;
  }
  const isWanted = (fresh ?? false) || isStale(entry, policy, now);
  return isWanted && !entry.pending && Math.abs(now - entry.triedAt) >= policy.coolDown;
}

function isStale(entry: Entry, { maxAge }: CachePolicy, now: number): boolean {
  return entry.body === null || Math.abs(now - entry.fetchedAt) > maxAge;
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
