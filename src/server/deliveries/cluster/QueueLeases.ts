import type { QueueRow, InstanceStore } from '../store/InstanceStore';
import type { Scheduler } from '../queue/Scheduler';

/** A lane in which nothing has happened for so long is given back, for another node to take. */
const IDLE_MS = 10_000;

/**
 * Which webhooks' deliveries this node starts. A lane goes to the first node that stores something in it,
 * and stays there while there is something to do; the others tell the owner that they stored something.
 */
export class QueueLeases {
  /** Those that have a row. */
  private readonly known = new Set<string>();
  private paused = new Set<string>();
  private wanted = new Set<string>();
  /** One thing at a time: what is being given back must not be asked for in the same moment. */
  private turn: Promise<void> = Promise.resolve();
  private claiming = false;

  constructor(
    private readonly store: InstanceStore,
    private readonly scheduler: Scheduler,
    private readonly nodeId: string,
    /** Whether this node runs workflows at all. */
    private readonly serving: () => boolean,
  ) {}

  isPaused(key: string): boolean {
    return this.paused.has(key);
  }

  /** Something was stored for this webhook: sees to it that its owner knows. Rejects never. */
  notify(key: string): void {
    if (!this.scheduler.lane(key).owned) {
      this.wanted.add(key);
      if (!this.claiming) {
        this.claiming = true;
        // What can't be said now is found by the look at forgotten lanes.
        void this.inTurn(() => this.claimWanted()).catch(() => undefined);
      }
    }
  }

  /** Makes sure that these webhooks have a row each, by which they are found. */
  async ensure(keys: readonly string[]): Promise<void> {
    const unknown = keys.filter((key) => !this.known.has(key));
    if (unknown.length > 0) {
      await this.store.ensureLanes(unknown);
      unknown.forEach((key) => this.known.add(key));
    }
  }

  /** Looks at what changed since the last time: pokes, pauses, lanes that were freed or taken away. */
  attend(): Promise<void> {
    return this.inTurn(async () => {
      const rows = await this.store.attend(this.nodeId);
      this.paused = new Set(rows.filter(({ paused }) => paused).map(({ key }) => key));
      const mine = rows.filter(({ owner }) => owner === this.nodeId);
      const poked = mine.filter((row) => row.poked).map(({ key }) => key);
      if (poked.length > 0) {
        await this.store.heard(poked, this.nodeId);
        poked.forEach((key) => this.scheduler.wake(key));
      }
      this.applyOwnership(mine);
      const free = rows.filter(({ owner, poked: isPoked }) => owner === null && isPoked).map(({ key }) => key);
      if (free.length > 0 && this.serving()) {
        await this.acquire(free);
      }
    });
  }

  /** Gives back the lanes in which nothing happens any more. */
  releaseIdle(): Promise<void> {
    return this.inTurn(async () => {
      for (const lane of this.scheduler.allLanes()) {
        if (lane.owned && lane.isIdle(IDLE_MS)) {
          lane.owned = false;
          if (await this.store.releaseLane(lane.key, this.nodeId)) {
            this.scheduler.drop(lane);
          } else {
            this.scheduler.wake(lane.key);
            this.wanted.add(lane.key);
          }
        }
      }
      await this.claimWanted();
    });
  }

  private async claimWanted(): Promise<void> {
    this.claiming = false;
    const keys = [...this.wanted];
    this.wanted = new Set();
    if (keys.length === 0) {
      return;
    }
    await this.ensure(keys);
    const toPoke = this.serving() ? await this.acquire(keys) : keys;
    if (toPoke.length > 0) {
      await this.store.poke(toPoke);
    }
  }

  /** Takes lanes that are free; returns those of others that nobody has poked yet. */
  private async acquire(keys: readonly string[]): Promise<string[]> {
    const rows = await this.store.acquire(keys, this.nodeId);
    for (const row of rows.filter(({ owner }) => owner === this.nodeId)) {
      const lane = this.scheduler.lane(row.key);
      lane.owned = true;
      lane.paused = row.paused;
      this.scheduler.wake(row.key);
    }
    this.scheduler.pump();
    return rows.filter(({ owner, poked }) => owner !== this.nodeId && !poked).map(({ key }) => key);
  }

  private applyOwnership(mine: readonly QueueRow[]): void {
    const byKey = new Map(mine.map((row) => [row.key, row]));
    for (const lane of this.scheduler.allLanes()) {
      const row = byKey.get(lane.key);
      lane.paused = row?.paused ?? lane.paused;
      if (lane.owned && !row) {
        // Taken away: this node was believed dead.
        lane.owned = false;
        lane.forget();
      }
    }
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.turn.then(work);
    this.turn = turn.catch(() => undefined);
    return turn;
  }
}
