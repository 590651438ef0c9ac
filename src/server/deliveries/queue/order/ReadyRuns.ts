import { performance } from 'node:perf_hooks';
import type { ReadyRun } from '../../model/run';

/** What of one webhook is started and waits for its turn here, and what has a place: of each key one at most. */
export class ReadyRuns {
  /** Those that need no place any more: they have one. */
  private readonly legs: ReadyRun[] = [];
  /** Those that had a place before: they come ahead of what has not begun. */
  private readonly resumed: ReadyRun[] = [];
  /** Those that have not begun, with when they were claimed. */
  private fresh: { run: ReadyRun; since: number }[] = [];
  /** The deliveries that have a place. */
  private readonly places = new Map<string, Pick<ReadyRun, 'orderKey' | 'isRetried'>>();
  /** The delivery that has a place with this key. */
  private readonly holders = new Map<string, string>();

  /** How many wait for a place. */
  get count(): number {
    return this.resumed.length + this.fresh.length;
  }

  /** How many of those wait for nothing but a place: of each key one, and none of a key that something has a place with. */
  get countFree(): number {
    const keys = new Set<string>();
    let count = 0;
    for (const run of [...this.resumed, ...this.fresh.map((entry) => entry.run)]) {
      const { orderKey } = run;
      const isFree = orderKey === null || (!keys.has(orderKey) && this.isFree(run));
      count += isFree ? 1 : 0;
      if (orderKey !== null) {
        keys.add(orderKey);
      }
    }
    return count;
  }

  /** Whether something waits for its turn. */
  get hasAny(): boolean {
    return this.legs.length + this.count > 0;
  }

  /** How many have a place: they run, or wait for the answer to a call of their own. */
  get placesTaken(): number {
    return this.places.size;
  }

  /** The one that was claimed first of those that have not begun, and for how many milliseconds it has waited. */
  get firstFresh(): { run: ReadyRun; waited: number } | null {
    const [first] = this.fresh;
    return first ? { run: first.run, waited: performance.now() - first.since } : null;
  }

  /** Whether something that has a place, or had one before, may be tried again where it fails, as far as known. */
  get mayComeAgain(): boolean {
    return [...this.places.values(), ...this.resumed].some(({ isRetried }) => isRetried ?? true);
  }

  /** The keys of which something has a place, or waits for one. */
  busyKeys(): Set<string> {
    const runs = [...this.resumed, ...this.fresh.map(({ run }) => run)];
    return new Set([...this.holders.keys(), ...runs.flatMap(({ orderKey }) => orderKey ?? [])]);
  }

  /** Takes in a run that needs a place. */
  add(run: ReadyRun): void {
    if (run.tries === 0 && (run.kind === 'new' || run.kind === 'stored' || run.kind === 'trigger')) {
      this.fresh.push({ run, since: performance.now() });
    } else {
      this.resumed.push(run);
    }
  }

  /** Takes in a run that goes on without waiting for a place. */
  addLeg(run: ReadyRun): void {
    this.legs.push(run);
  }

  /** Whether a delivery waits for its turn to run. */
  holds(id: string): boolean {
    return [...this.legs, ...this.resumed].some((run) => run.id === id) || this.fresh.some(({ run }) => run.id === id);
  }

  /** Whether this run is to be resumed from this job already. */
  isWaking(jobId: string): boolean {
    return [...this.legs, ...this.resumed].some((run) => run.kind === 'woken' && run.jobId === jobId);
  }

  /** Whether one can run, with so many places, or without one. @param fresh whether one that has not begun may */
  canRun(places: number, fresh: boolean): boolean {
    const hasNext = () => this.nextResumed() >= 0 || (fresh && this.nextFresh() >= 0);
    return this.legs.length > 0 || (this.places.size < places && hasNext());
  }

  /** Gives those that have not begun, all or the one that is named. */
  takeFresh(id?: string): ReadyRun[] {
    const taken = this.fresh.filter(({ run }) => id === undefined || run.id === id);
    this.fresh = this.fresh.filter((entry) => !taken.includes(entry));
    return taken.map(({ run }) => run);
  }

  /** Takes back what was given, ahead of the others. */
  returnFresh(runs: readonly ReadyRun[]): void {
    this.fresh = [...runs.map((run) => ({ run, since: performance.now() })), ...this.fresh];
  }

  /** The next one that needs no place. */
  nextLeg(): ReadyRun | null {
    return this.legs.shift() ?? null;
  }

  /** The next one that needs a place, which it has from here on until `freePlace`. */
  nextReady(): ReadyRun | null {
    const resumed = this.nextResumed();
    const fresh = resumed < 0 ? this.nextFresh() : -1;
    const [run] =
      resumed < 0
        ? this.fresh.splice(Math.max(fresh, 0), fresh < 0 ? 0 : 1).map((entry) => entry.run)
        : this.resumed.splice(resumed, 1);
    if (run) {
      const { orderKey, isRetried } = run;
      this.places.set(run.id, { orderKey, isRetried });
      if (orderKey !== null) {
        this.holders.set(orderKey, run.id);
      }
    }
    return run ?? null;
  }

  freePlace(id: string): void {
    const key = this.places.get(id)?.orderKey ?? null;
    this.places.delete(id);
    if (key !== null && this.holders.get(key) === id) {
      this.holders.delete(key);
    }
  }

  private nextResumed(): number {
    return this.resumed.findIndex((run) => this.isFree(run));
  }

  private nextFresh(): number {
    return this.fresh.findIndex(({ run }) => this.isFree(run));
  }

  private isFree({ id, orderKey }: ReadyRun): boolean {
    const holder = orderKey === null ? undefined : this.holders.get(orderKey);
    return holder === undefined || holder === id;
  }
}
