import { performance } from 'node:perf_hooks';
import { backoff } from '../concurrency/backoff';
import type { QueuedDelivery, ReadyRun } from '../model/run';
import type { DeliveryStore } from '../store/DeliveryStore';
import { Pace } from './Pace';
import type { PrefetchBudget } from './PrefetchBudget';

/** So much is started at once, unless one alone is larger. */
const MAX_TAKEN_BYTES = 8 << 20;

/**
 * What this instance knows of one webhook's deliveries. They are started in the order of their ids by the one
 * instance that owns the queue. What was stored here is prefetched, so that it needn't be read back.
 */
export class WebhookQueue {
  private owned = false;
  private paused = false;
  private stale = true;
  private mayHaveWoken = true;
  private places = 0;
  private lastActive = Date.now();
  /** Those that need no place any more: they have one. */
  private readonly legs: ReadyRun[] = [];
  /** Those that had a place before: they come ahead of what has not begun. */
  private readonly resumed: ReadyRun[] = [];
  /** Those that have not begun, with when they were claimed. */
  private ready: { run: ReadyRun; since: number }[] = [];
  private readonly pace = new Pace();
  private puttingBack = false;
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

  /** How many are started, and wait for a place. */
  get readyCount(): number {
    return this.resumed.length + this.ready.length;
  }

  /** Whether something is started, and waits for its turn to run. */
  get hasReady(): boolean {
    return this.legs.length + this.readyCount > 0;
  }

  /** How many have a place: they run, or wait for the answer to a call of their own. */
  get placesTaken(): number {
    return this.places;
  }

  /** Whether something is started here. */
  get isBusy(): boolean {
    return this.hasReady || this.places > 0;
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
    this.stale = true;
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
    this.ready = [];
    this.refresh();
  }

  setPaused(paused: boolean): void {
    this.paused = paused;
  }

  /** The database may hold deliveries that are not prefetched. */
  markStale(): void {
    this.stale = true;
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
    if (this.owned && this.budget.hasRoomFor(delivery)) {
      this.keep(delivery);
    } else {
      this.stale = true;
    }
  }

  /**
   * The next ones to start, in order of arrival, at most `limit`.
   * @param shared whether other instances store deliveries too: then only the database knows the order
   * @param ordered whether what is behind one that is held back waits with it
   */
  async take(limit: number, shared: boolean, ordered: boolean, store: DeliveryStore): Promise<QueuedDelivery[]> {
    if (!this.stale && !shared && this.held.size === 0) {
      return this.remove([...this.prefetched.keys()].slice(0, limit));
    }
    // Before looking: what is stored from here on is either seen or prefetched.
    this.stale = false;
    const before = [...this.prefetched.keys()];
    try {
      const found = await store.nextIds(this.key, limit + this.held.size);
      const isAll = found.length < limit + this.held.size;
      const next = this.withoutHeld(found, isAll, ordered).slice(0, limit);
      const ids = await this.asManyAsFit(next, store);
      const missing = await store.waiting(ids.filter((id) => !this.prefetched.has(id)));
      for (const { id, context } of missing) {
        this.keep({ id, text: context, context: JSON.parse(context) as object });
      }
      const taken = this.remove(ids);
      if (!isAll || ids.length < next.length) {
        this.stale = this.stale || taken.length > 0;
      } else {
        // What the database no longer has as received was cancelled, or started by an earlier owner of the queue.
        this.remove(before);
      }
      return taken;
    } catch (error) {
      this.stale = true;
      throw error;
    }
  }

  /** Takes in a started run, which needs a place. */
  addReady(run: ReadyRun): void {
    this.held.delete(run.id);
    if (run.tries === 0 && (run.kind === 'new' || run.kind === 'stored' || run.kind === 'trigger')) {
      this.ready.push({ run, since: performance.now() });
    } else {
      this.resumed.push(run);
    }
  }

  /** Takes in a run that goes on without waiting for a place. */
  addLeg(run: ReadyRun): void {
    this.legs.push(run);
  }

  /** Whether a delivery is started, and waits for its turn to run here. */
  holds(id: string): boolean {
    return [...this.legs, ...this.resumed].some((run) => run.id === id) || this.ready.some(({ run }) => run.id === id);
  }

  /** Whether this run is to be resumed from this job already. */
  isWaking(jobId: string): boolean {
    return [...this.legs, ...this.resumed].some((run) => run.kind === 'woken' && run.jobId === jobId);
  }

  /** Whether one can run, with so many places, or without one. @param fresh whether one that has not begun may */
  canRun(places: number, fresh: boolean): boolean {
    const waits = this.resumed.length > 0 || (fresh && this.ready.length > 0);
    return this.legs.length > 0 || (waits && this.places < places);
  }

  /** The one that was claimed first of those that have not begun, and for how many milliseconds it has waited. */
  get firstFresh(): { run: ReadyRun; waited: number } | null {
    const [first] = this.ready;
    return first ? { run: first.run, waited: performance.now() - first.since } : null;
  }

  /** How many may be claimed ahead of their turn, by how fast they begin. */
  get ahead(): number {
    return this.pace.ahead;
  }

  /** Whether it is being put back what was claimed ahead: what comes behind that must not be claimed meanwhile. */
  get isPuttingBack(): boolean {
    return this.puttingBack;
  }

  /** Gives those that have not begun, all or the one that is named, to be put back; until `putBack` no more are claimed. */
  takeFresh(id?: string): ReadyRun[] {
    const taken = this.ready.filter(({ run }) => id === undefined || run.id === id);
    this.ready = this.ready.filter((entry) => !taken.includes(entry));
    this.puttingBack ||= taken.length > 0;
    return taken.map(({ run }) => run);
  }

  /** They are received again but for `kept`, which could not be put back. */
  putBack(kept: readonly ReadyRun[]): void {
    this.ready = [...kept.map((run) => ({ run, since: performance.now() })), ...this.ready];
    this.puttingBack = false;
    this.pace.stalled();
    this.refresh();
  }

  /** The next one that needs no place. */
  nextLeg(): ReadyRun | null {
    return this.legs.shift() ?? null;
  }

  /** The next one that needs a place, which it has from here on until `freePlace`. */
  nextReady(): ReadyRun | null {
    const run = this.resumed.shift() ?? this.ready.shift()?.run ?? null;
    if (run) {
      this.places++;
      this.pace.begun(this.hasReady || this.hasWork);
    }
    return run;
  }

  freePlace(): void {
    this.places--;
    this.lastActive = Date.now();
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
