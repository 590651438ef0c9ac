import { performance } from 'node:perf_hooks';
import { backoff } from '../concurrency/backoff';
import type { Order } from '../model/order';
import type { QueuedDelivery, ReadyRun } from '../model/run';
import type { DeliveryStore } from '../store/DeliveryStore';
import { chooseNext } from './order/chooseNext';
import { lookByKey } from './order/lookByKey';
import { ReadyRuns } from './order/ReadyRuns';
import { Pace } from './Pace';
import type { PrefetchBudget } from './PrefetchBudget';

/** What waits for one that is to be tried again is looked at after so many milliseconds, where nothing is told before. */
const MAX_BLOCKED_MS = 10_000;

/** So much is started at once, unless one alone is larger. */
const MAX_TAKEN_BYTES = 8 << 20;

/**
 * What this instance knows of one webhook's deliveries. They are started in the order in which they were stored, by the
 * one instance that owns the queue. What was stored here is prefetched, so that it needn't be read back.
 */
export class WebhookQueue {
  private owned = false;
  private paused = false;
  private stale = true;
  private mayHaveWoken = true;
  private lastActive = Date.now();
  private readonly runs = new ReadyRuns();
  private readonly pace = new Pace();
  private puttingBack = false;
  private claiming = false;
  /** Until then, by the monotonic clock, what is next waits to be tried again, and all that is behind it. */
  private blockedUntil = 0;
  /** Until then, all that could be started has a key that is busy. */
  private restingUntil = 0;
  /** How often something was told by which something may be startable. */
  private news = 0;
  private readonly prefetched = new Map<string, QueuedDelivery>();
  /** Those that could not be started for a reason that passes: how often, and when they are tried again. */
  private readonly held = new Map<string, { failures: number; until: number }>();

  constructor(
    readonly key: string,
    private readonly budget: PrefetchBudget,
  ) {}

  /** Whether this instance starts this webhook's deliveries. */
  get isOwned(): boolean {
    return this.owned;
  }

  get isPaused(): boolean {
    return this.paused;
  }

  /** Whether there may be something to start. */
  get hasWork(): boolean {
    return this.stale || this.mayHaveWoken || this.prefetched.size > 0;
  }

  /** Whether all that could be started waits for something. */
  get isBlocked(): boolean {
    return performance.now() < Math.max(this.blockedUntil, this.restingUntil);
  }

  /** How many are started, and wait for a place. */
  get readyCount(): number {
    return this.runs.count;
  }

  /** How many of those wait for nothing but a place. */
  get readyForPlace(): number {
    return this.runs.countFree;
  }

  /** Whether something is started, and waits for its turn to run. */
  get hasReady(): boolean {
    return this.runs.hasAny;
  }

  /** How many have a place: they run, or wait for the answer to a call of their own. */
  get placesTaken(): number {
    return this.runs.placesTaken;
  }

  /** Whether something that is started here may be tried again where it fails. */
  get mayComeAgain(): boolean {
    return this.runs.mayComeAgain;
  }

  /** Whether something is started here. */
  get isBusy(): boolean {
    return this.hasReady || this.placesTaken > 0;
  }

  /** Whether nothing waits or runs here. */
  get isEmpty(): boolean {
    return !this.hasWork && !this.isBusy && this.held.size === 0;
  }

  /** Whether it can be given back: nothing waits, runs, or was lately here. */
  isIdle(forMs: number): boolean {
    return this.isEmpty && Date.now() - this.lastActive > forMs;
  }

  /** This instance starts this webhook's deliveries from here on. */
  acquired(): void {
    this.owned = true;
    this.markStale();
    this.mayHaveWoken = true;
  }

  /** Another instance may start this webhook's deliveries from here on. */
  released(): void {
    this.owned = false;
  }

  /** This instance was believed dead, and another one has the queue: what was prefetched is the other one's. */
  lost(): void {
    this.owned = false;
    this.held.clear();
    this.runs.takeFresh();
    this.refresh();
  }

  setPaused(paused: boolean): void {
    this.paused = paused;
  }

  /** The database may hold deliveries that are not prefetched. */
  markStale(): void {
    this.stale = true;
    this.blockedUntil = 0;
    this.mayBeFree();
  }

  /** The database may hold runs that want to go on. */
  markWoken(): void {
    this.mayHaveWoken = true;
  }

  /** Whether it is to be looked for runs that want to go on; from here on it isn't, until `markWoken`. */
  takeWokenMark(): boolean {
    const marked = this.owned && this.mayHaveWoken;
    this.mayHaveWoken = this.mayHaveWoken && !marked;
    return marked;
  }

  /** Drops what was prefetched: it is in the database. */
  refresh(): void {
    this.remove([...this.prefetched.keys()]);
    this.stale = true;
  }

  /** Keeps one that could not be started from being tried again, for a while; for how many milliseconds. */
  hold(id: string): number {
    const failures = (this.held.get(id)?.failures ?? 0) + 1;
    const wait = backoff(failures);
    this.held.set(id, { failures, until: Date.now() + wait });
    return wait;
  }

  /** Prefetches a delivery that was just stored, if there is room for it. */
  offer(delivery: QueuedDelivery): void {
    this.lastActive = Date.now();
    this.mayBeFree();
    if (this.owned && !this.isBlocked && this.budget.hasRoomFor(delivery)) {
      this.keep(delivery);
    } else {
      this.stale = true;
    }
  }

  /**
   * The next ones to start, in order of arrival, at most `limit`.
   * @param shared whether other instances store deliveries too: then only the database knows the order
   */
  async take(limit: number, shared: boolean, order: Order, store: DeliveryStore): Promise<QueuedDelivery[]> {
    if (!this.stale && !shared && this.held.size === 0) {
      return this.remove(order === 'key' ? this.nextPrefetched(limit) : [...this.prefetched.keys()].slice(0, limit));
    }
    // Before looking: what is stored from here on is either seen or prefetched.
    this.stale = false;
    try {
      return order === 'key'
        ? await this.takeByKey(limit, store)
        : await this.takeByArrival(limit, order === 'arrival', store);
    } catch (error) {
      this.stale = true;
      throw error;
    }
  }

  /** Takes in a started run, which needs a place. */
  addReady(run: ReadyRun): void {
    this.held.delete(run.id);
    this.runs.add(run);
  }

  /** Takes in a run that goes on without waiting for a place. */
  addLeg(run: ReadyRun): void {
    this.runs.addLeg(run);
  }

  /** Whether a delivery is started, and waits for its turn to run here. */
  holds(id: string): boolean {
    return this.runs.holds(id);
  }

  /** Whether this run is to be resumed from this job already. */
  isWaking(jobId: string): boolean {
    return this.runs.isWaking(jobId);
  }

  /** Whether one can run, with so many places, or without one. @param fresh whether one that has not begun may */
  canRun(places: number, fresh: boolean): boolean {
    return this.runs.canRun(places, fresh);
  }

  /** The one that was claimed first of those that have not begun, and for how many milliseconds it has waited. */
  get firstFresh(): { run: ReadyRun; waited: number } | null {
    return this.runs.firstFresh;
  }

  /** How many may be claimed ahead of their turn, by how fast they begin. */
  get ahead(): number {
    return this.pace.ahead;
  }

  /** Whether it is being put back what was claimed ahead: what comes behind that must not be claimed meanwhile. */
  get isPuttingBack(): boolean {
    return this.puttingBack;
  }

  /** Whether some are being claimed: what was claimed before them must not be put back, since they would come first. */
  get isClaiming(): boolean {
    return this.claiming;
  }

  /** Some are being claimed, until they have been taken in. */
  setClaiming(claiming: boolean): void {
    this.claiming = claiming;
  }

  /** Gives those that have not begun, all or the one that is named, to be put back; until `putBack` no more are claimed. */
  takeFresh(id?: string): ReadyRun[] {
    const taken = this.runs.takeFresh(id);
    this.puttingBack ||= taken.length > 0;
    return taken;
  }

  /** They are received again but for `kept`, which could not be put back. */
  putBack(kept: readonly ReadyRun[]): void {
    this.runs.returnFresh(kept);
    this.puttingBack = false;
    this.pace.stalled();
    this.refresh();
    this.mayBeFree();
  }

  /** The next one that needs no place. */
  nextLeg(): ReadyRun | null {
    return this.runs.nextLeg();
  }

  /** The next one that needs a place, which it has from here on until `freePlace`. */
  nextReady(): ReadyRun | null {
    const run = this.runs.nextReady();
    if (run) {
      this.pace.begun(this.hasReady || this.hasWork);
    }
    return run;
  }

  freePlace(id: string): void {
    this.runs.freePlace(id);
    this.lastActive = Date.now();
    this.mayBeFree();
  }

  /** @param ordered whether what is behind one that is held back waits with it */
  private async takeByArrival(limit: number, ordered: boolean, store: DeliveryStore): Promise<QueuedDelivery[]> {
    const before = [...this.prefetched.keys()];
    const wanted = limit + this.held.size;
    const { ids: found, isAll, isBlocked } = await store.next(this.key, wanted, ordered, new Date());
    const next = this.withoutHeld(found, isAll, ordered).slice(0, limit);
    const ids = await this.fetch(next, store);
    const taken = this.remove(ids);
    if (isBlocked) {
      const isNews = this.stale;
      // What is behind it is in the database, and needs no room here.
      this.refresh();
      this.blockedUntil = next.length === 0 && !isNews ? performance.now() + MAX_BLOCKED_MS : 0;
    } else if (!isAll || ids.length < next.length) {
      this.stale = this.stale || taken.length > 0;
    } else {
      // What the database no longer has as received was cancelled, or started by an earlier owner of the queue.
      this.remove(before);
    }
    return taken;
  }

  /** Of each key the first one, where nothing of that key has begun. */
  private async takeByKey(limit: number, store: DeliveryStore): Promise<QueuedDelivery[]> {
    const before = [...this.prefetched.keys()];
    const { news } = this;
    const isHeld = (id: string) => (this.held.get(id)?.until ?? 0) > Date.now();
    const { chosen, seen } = await lookByKey(store, this.key, limit, this.runs.busyKeys(), isHeld);
    const ids = await this.fetch(chosen, store);
    const taken = this.remove(ids);
    if (seen !== null) {
      // What the database no longer has as received was cancelled, or started by an earlier owner of the queue.
      this.remove(before.filter((id) => !seen.has(id)));
      [...this.held.keys()].filter((id) => !seen.has(id)).forEach((id) => this.held.delete(id));
    }
    const done = new Set(ids);
    const isKnown = seen !== null && [...seen].every((id) => done.has(id) || this.prefetched.has(id));
    this.stale ||= !isKnown;
    this.restUnless(chosen.length > 0 || news !== this.news);
    return taken;
  }

  private nextPrefetched(limit: number): string[] {
    const waiting = [...this.prefetched.values()].map(({ id, orderKey }) => ({ id, orderKey, isHeld: false }));
    const chosen = chooseNext(waiting, limit, this.runs.busyKeys());
    this.restUnless(chosen.length > 0);
    return chosen;
  }

  private restUnless(isFree: boolean): void {
    this.restingUntil = isFree ? 0 : performance.now() + MAX_BLOCKED_MS;
  }

  private mayBeFree(): void {
    this.news++;
    this.restingUntil = 0;
  }

  /** Reads as many of these as may be started at once, where they are not prefetched; those. */
  private async fetch(next: readonly string[], store: DeliveryStore): Promise<string[]> {
    const ids = await this.asManyAsFit(next, store);
    const missing = await store.waiting(ids.filter((id) => !this.prefetched.has(id)));
    for (const { context: text, ...waiting } of missing) {
      this.keep({ ...waiting, text, context: JSON.parse(text) as object });
    }
    return ids;
  }

  /** The first of these, with contexts of so many bytes; one at least. */
  private async asManyAsFit(ids: readonly string[], store: DeliveryStore): Promise<string[]> {
    const sizes = await store.contextSizes(ids.filter((id) => !this.prefetched.has(id)));
    let bytes = 0;
    const over = ids.findIndex((id, index) => {
      bytes += this.prefetched.get(id)?.text.length ?? sizes.get(id) ?? 0;
      return index > 0 && bytes > MAX_TAKEN_BYTES;
    });
    return over < 0 ? [...ids] : ids.slice(0, over);
  }

  /** Those of the received ones, in their order, that may be tried now. */
  private withoutHeld(ids: readonly string[], isAll: boolean, ordered: boolean): string[] {
    const now = Date.now();
    const isHeld = (id: string) => (this.held.get(id)?.until ?? 0) > now;
    if (isAll) {
      // Cancelled meanwhile, or started by somebody else.
      [...this.held.keys()].filter((id) => !ids.includes(id)).forEach((id) => this.held.delete(id));
    }
    const first = ids.findIndex(isHeld);
    return ordered && first >= 0 ? ids.slice(0, first) : ids.filter((id) => !isHeld(id));
  }

  private keep(delivery: QueuedDelivery): void {
    if (!this.prefetched.has(delivery.id)) {
      this.prefetched.set(delivery.id, delivery);
      this.budget.add(delivery);
    }
  }

  private remove(ids: readonly string[]): QueuedDelivery[] {
    return ids.flatMap((id) => {
      const delivery = this.prefetched.get(id);
      if (!delivery) {
        return [];
      }
      this.prefetched.delete(id);
      this.budget.remove(delivery);
      return delivery;
    });
  }
}
